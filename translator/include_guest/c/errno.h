/* SPDX-License-Identifier: Apache-2.0 */
/* errno.h - the last error of the C library. For modules on boards that bring no C library headers of their own; what is declared here every board offers. */
#ifndef _ERRNO_H
#define _ERRNO_H

#ifdef __cplusplus
extern "C" {
#endif

int *__errno(void);
#define errno (*__errno())
/* Numbers as in newlib and picolibc. */
#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define EINVAL 22
#define ENOSPC 28
#define EPIPE 32
#define EDOM 33
#define ERANGE 34
#define ENOSYS 88
#define ETIMEDOUT 116
#define EOVERFLOW 139

#ifdef __cplusplus
}
#endif
#endif
