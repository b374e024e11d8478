/* SPDX-License-Identifier: Apache-2.0 */
/* strings.h - the BSD string functions. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _STRINGS_H
#define _STRINGS_H

#ifdef __cplusplus
extern "C" {
#endif

#define __need_size_t
#include <stddef.h>

int bcmp(const void *, const void *, size_t) __attribute__((pure));
int strcasecmp(const char *, const char *) __attribute__((pure));
int strncasecmp(const char *, const char *, size_t) __attribute__((pure));
int ffs(int) __attribute__((const));

#ifdef __cplusplus
}
#endif
#endif
