// SPDX-License-Identifier: Apache-2.0
// The run request that the host put into memory (protocol.h), and the arguments in it as a call wants them.
#ifndef ESPB_FIRMWARE_REQUEST_H
#define ESPB_FIRMWARE_REQUEST_H

#include "espb/espb.h"
#include "protocol.h"

extern const espb_virt_request *const request;

const char *request_string(uint32_t offset);
// Whether the request names a string there.
bool request_has(uint32_t offset);

// All of these end the run with a message when the request makes no sense.
void check_request();
char **make_arguments(const espb_virt_module &module);
void find_entry(espb_instance *instance, espb_function *function);
// Fills `args` as the function's signature wants them; returns how many.
uint32_t make_values(const espb_function &function, char **argv, espb_value *args, uint32_t most);
// Records the result of the entry; returns the exit status it means.
int record_result(char type, const espb_value &value, bool record_it);

#endif
