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
int ffsl(long) __attribute__((const));
int ffsll(long long) __attribute__((const));
int fls(int) __attribute__((const));
int flsl(long) __attribute__((const));
int flsll(long long) __attribute__((const));
void bcopy(const void *, void *, size_t);
void bzero(void *, size_t);
void explicit_bzero(void *, size_t);
char *index(const char *, int) __attribute__((pure));
char *rindex(const char *, int) __attribute__((pure));

#ifdef __cplusplus
}
#endif
#endif
