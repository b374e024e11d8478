/* SPDX-License-Identifier: Apache-2.0 */
/* stdio.h - standard input and output. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _STDIO_H
#define _STDIO_H

#ifdef __cplusplus
extern "C" {
#endif

#include <stdarg.h>
#define __need_size_t
#define __need_NULL
#include <stddef.h>

typedef struct __file FILE;
extern FILE *const stdin;
extern FILE *const stdout;
extern FILE *const stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr
#define EOF (-1)
#define BUFSIZ 512

int printf(const char *, ...) __attribute__((format(printf, 1, 2)));
int fprintf(FILE *, const char *, ...) __attribute__((format(printf, 2, 3)));
int sprintf(char *, const char *, ...) __attribute__((format(printf, 2, 3)));
int snprintf(char *, size_t, const char *, ...) __attribute__((format(printf, 3, 4)));
int asprintf(char **, const char *, ...) __attribute__((format(printf, 2, 3)));
int vprintf(const char *, va_list) __attribute__((format(printf, 1, 0)));
int vfprintf(FILE *, const char *, va_list) __attribute__((format(printf, 2, 0)));
int vsprintf(char *, const char *, va_list) __attribute__((format(printf, 2, 0)));
int vsnprintf(char *, size_t, const char *, va_list) __attribute__((format(printf, 3, 0)));
int vasprintf(char **, const char *, va_list) __attribute__((format(printf, 2, 0)));
int scanf(const char *, ...) __attribute__((format(scanf, 1, 2)));
int sscanf(const char *, const char *, ...) __attribute__((format(scanf, 2, 3)));
int vsscanf(const char *, const char *, va_list) __attribute__((format(scanf, 2, 0)));
int puts(const char *);
int putchar(int);
int putc(int, FILE *);
int fputc(int, FILE *);
int fputs(const char *, FILE *);
size_t fwrite(const void *, size_t, size_t, FILE *);
size_t fread(void *, size_t, size_t, FILE *);
int fflush(FILE *);
int fgetc(FILE *);
int getc(FILE *);
int getchar(void);
char *fgets(char *, int, FILE *);
int ungetc(int, FILE *);
int feof(FILE *);
int ferror(FILE *);
void clearerr(FILE *);
void perror(const char *);

#ifdef __cplusplus
}
#endif
#endif
