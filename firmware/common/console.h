// SPDX-License-Identifier: Apache-2.0
// Where the trace of the pins goes: console.cpp.
#ifndef ESPB_FIRMWARE_CONSOLE_H
#define ESPB_FIRMWARE_CONSOLE_H

// Instead of stderr. False: the file cannot be written.
bool open_trace(const char *path);

#endif
