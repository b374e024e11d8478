/* SPDX-License-Identifier: Apache-2.0 */
/* ctype.h - classes of characters. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _CTYPE_H
#define _CTYPE_H

#ifdef __cplusplus
extern "C" {
#endif

int isalnum(int);
int isalpha(int);
int isblank(int);
int iscntrl(int);
int isdigit(int);
int isgraph(int);
int islower(int);
int isprint(int);
int ispunct(int);
int isspace(int);
int isupper(int);
int isxdigit(int);
int tolower(int);
int toupper(int);
int isascii(int);
int toascii(int);
#define isascii(c) ((unsigned)(c) < 128)
#define toascii(c) ((c) & 127)

#ifdef __cplusplus
}
#endif
#endif
