/* SPDX-License-Identifier: Apache-2.0 */
/* libc_support.h - what espb_libc.sym names: the C library's headers, and those functions that mean something
 * else to a module than to the firmware. Every firmware that embeds the runtime compiles libc_support.cpp. */
#ifndef ESPB_FIRMWARE_LIBC_SUPPORT_H
#define ESPB_FIRMWARE_LIBC_SUPPORT_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strchrnul, sincos and others */
#endif
#include <complex.h>
#undef I
#undef complex
#include <ctype.h>
#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "espb/espb.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A firmware may define it: exit, abort and the like called from where no guest can be unwound, which is an
 * interrupt handler. The default does nothing. */
void espb_firmware_end(espb_trap trap, const char *message, int status);

void espb_guest_exit(int status);
void espb_guest_abort(void);
void espb_guest_assert(const char *file, int line, const char *function, const char *expression);
int *espb_guest_errno(void);
unsigned long espb_guest_clock(void);
long long espb_guest_time(long long *where);
/* libc's own where native code sees arguments and results as the guest does (guest_arguments.cpp). */
#ifdef __XTENSA__
int espb_guest_vprintf(const char *format, const void *arguments);
int espb_guest_vfprintf(FILE *stream, const char *format, const void *arguments);
int espb_guest_vsprintf(char *text, const char *format, const void *arguments);
int espb_guest_vsnprintf(char *text, size_t bytes, const char *format, const void *arguments);
int espb_guest_vasprintf(char **text, const char *format, const void *arguments);
int espb_guest_vsscanf(const char *text, const char *format, const void *arguments);
#else
#define espb_guest_vprintf vprintf
#define espb_guest_vfprintf vfprintf
#define espb_guest_vsprintf vsprintf
#define espb_guest_vsnprintf vsnprintf
#define espb_guest_vasprintf vasprintf
#define espb_guest_vsscanf vsscanf
#endif
void *espb_guest_new(size_t bytes);
void espb_guest_pure_virtual(void);

#ifdef __cplusplus
}
#endif
#endif
