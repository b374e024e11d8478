// SPDX-License-Identifier: Apache-2.0
// Waiting as POSIX spells it, added to the C library's own header where there is one.
#pragma once

#if defined(__has_include_next)
#if __has_include_next(<unistd.h>)
#include_next <unistd.h>
#define ESPB_HAS_UNISTD 1
#endif
#endif

#ifndef ESPB_HAS_UNISTD
#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned long useconds_t;

int usleep(useconds_t us);
unsigned sleep(unsigned seconds);

#ifdef __cplusplus
}
#endif
#endif
