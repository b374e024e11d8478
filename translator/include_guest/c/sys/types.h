/* SPDX-License-Identifier: Apache-2.0 */
/* sys/types.h - types of POSIX. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H

#ifdef __cplusplus
extern "C" {
#endif

#define __need_size_t
#include <stddef.h>
typedef int ssize_t;
typedef long off_t;
typedef unsigned useconds_t;
typedef int pid_t;

#ifdef __cplusplus
}
#endif
#endif
