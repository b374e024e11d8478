// SPDX-License-Identifier: Apache-2.0
#ifndef ESPB_TESTS_INTERP_CASES_H
#define ESPB_TESTS_INTERP_CASES_H

#include "case.h"
#include "espb/espb.h"
#include <string>
#include <vector>

namespace interp_test {

// All cases; `untested` gets the names of instructions for which there is none.
std::vector<Case> make_cases(std::vector<std::string> &untested);

} // namespace interp_test
#endif
