/* SPDX-License-Identifier: Apache-2.0 */
/* setjmp.h - non-local jumps. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _SETJMP_H
#define _SETJMP_H

#ifdef __cplusplus
extern "C" {
#endif

/* Declared so that the translator can say where they are used and what to do instead: modules cannot jump between windows. */
typedef int jmp_buf[16];
int setjmp(jmp_buf) __attribute__((returns_twice));
void longjmp(jmp_buf, int) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif
#endif
