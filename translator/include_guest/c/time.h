/* SPDX-License-Identifier: Apache-2.0 */
/* time.h - time. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _TIME_H
#define _TIME_H

#ifdef __cplusplus
extern "C" {
#endif

#define __need_size_t
#define __need_NULL
#include <stddef.h>
typedef long long time_t;
typedef unsigned long clock_t;
#define CLOCKS_PER_SEC 1000000ul
clock_t clock(void);
time_t time(time_t *);
#define difftime(a, b) ((double)((a) - (b)))

#ifdef __cplusplus
}
#endif
#endif
