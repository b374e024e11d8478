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
struct tm { int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst; };
struct tm *gmtime(const time_t *);
struct tm *gmtime_r(const time_t *__restrict, struct tm *__restrict);
struct tm *localtime(const time_t *);
struct tm *localtime_r(const time_t *__restrict, struct tm *__restrict);
char *asctime(const struct tm *);
char *asctime_r(const struct tm *__restrict, char *__restrict);
char *ctime(const time_t *);
char *ctime_r(const time_t *, char *);
time_t mktime(struct tm *);
size_t strftime(char *__restrict, size_t, const char *__restrict, const struct tm *__restrict);
double difftime(time_t, time_t);

#ifdef __cplusplus
}
#endif
#endif
