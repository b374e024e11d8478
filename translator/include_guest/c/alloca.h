/* SPDX-License-Identifier: Apache-2.0 */
/* alloca.h - memory of the running function. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _ALLOCA_H
#define _ALLOCA_H

#ifdef __cplusplus
extern "C" {
#endif

#undef alloca
#define alloca(n) __builtin_alloca(n)

#ifdef __cplusplus
}
#endif
#endif
