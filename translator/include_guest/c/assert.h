/* SPDX-License-Identifier: Apache-2.0 */
/* assert.h - assertions. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _ASSERT_H
#define _ASSERT_H

#ifdef __cplusplus
extern "C" {
#endif

void __assert_func(const char *, int, const char *, const char *) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif
#endif

/* Included again, NDEBUG may have changed. */
#undef assert
#ifdef NDEBUG
#define assert(e) ((void)0)
#else
#define assert(e) ((e) ? (void)0 : __assert_func(__FILE__, __LINE__, __func__, #e))
#endif
#if !defined(__cplusplus) && !defined(static_assert)
#define static_assert _Static_assert
#endif
