// SPDX-License-Identifier: Apache-2.0
// What a program that runs cases on a chip needs of the machine it is on: machine.cpp of each chip has it.
#ifndef ESPB_TESTS_INTERP_MACHINE_H
#define ESPB_TESTS_INTERP_MACHINE_H

#include "case.h"

namespace interp_test {

void print(const char *text);

// The file with the cases, whose memory can be used from now on; nullptr when there is none, said why.
const CaseFile *load_cases();

// Memory that code may run in.
uint32_t *code_memory(uint32_t bytes);
// What was written there is going to run.
void code_written();

} // namespace interp_test
#endif
