/* SPDX-License-Identifier: Apache-2.0 */
/* string.h - blocks of bytes and strings. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _STRING_H
#define _STRING_H

#ifdef __cplusplus
extern "C" {
#endif

#define __need_size_t
#define __need_NULL
#include <stddef.h>
#include <strings.h>

void *memcpy(void *__restrict, const void *__restrict, size_t);
void *memmove(void *, const void *, size_t);
void *mempcpy(void *__restrict, const void *__restrict, size_t);
void *memccpy(void *__restrict, const void *__restrict, int, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t) __attribute__((pure));
void *memchr(const void *, int, size_t) __attribute__((pure));
void *memrchr(const void *, int, size_t) __attribute__((pure));
void *memmem(const void *, size_t, const void *, size_t) __attribute__((pure));
size_t strlen(const char *) __attribute__((pure));
size_t strnlen(const char *, size_t) __attribute__((pure));
char *strcpy(char *__restrict, const char *__restrict);
char *strncpy(char *__restrict, const char *__restrict, size_t);
char *stpcpy(char *__restrict, const char *__restrict);
char *stpncpy(char *__restrict, const char *__restrict, size_t);
char *strcat(char *__restrict, const char *__restrict);
char *strncat(char *__restrict, const char *__restrict, size_t);
size_t strlcpy(char *__restrict, const char *__restrict, size_t);
size_t strlcat(char *__restrict, const char *__restrict, size_t);
int strcmp(const char *, const char *) __attribute__((pure));
int strncmp(const char *, const char *, size_t) __attribute__((pure));
int strcoll(const char *, const char *);
char *strchr(const char *, int) __attribute__((pure));
char *strchrnul(const char *, int) __attribute__((pure));
char *strrchr(const char *, int) __attribute__((pure));
char *strstr(const char *, const char *) __attribute__((pure));
char *strcasestr(const char *, const char *) __attribute__((pure));
size_t strspn(const char *, const char *) __attribute__((pure));
size_t strcspn(const char *, const char *) __attribute__((pure));
char *strpbrk(const char *, const char *) __attribute__((pure));
char *strtok(char *__restrict, const char *__restrict);
char *strtok_r(char *__restrict, const char *__restrict, char **__restrict);
char *strsep(char **, const char *);
char *strdup(const char *) __attribute__((malloc));
char *strndup(const char *, size_t) __attribute__((malloc));
char *strerror(int);
void *rawmemchr(const void *, int) __attribute__((pure));
char *strlwr(char *);
char *strupr(char *);
size_t strxfrm(char *__restrict, const char *__restrict, size_t);

#ifdef __cplusplus
}
#endif
#endif
