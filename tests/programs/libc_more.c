// SPDX-License-Identifier: Apache-2.0
// Less common functions of the C library: calendar time, integers, strings, Bessel functions.
#define _GNU_SOURCE
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#ifndef __ESPB__ // not in every library
static int fls(int x) { return x ? 32 - __builtin_clz((unsigned)x) : 0; }
#define flsl(x) fls((int)(x))
static int flsll(long long x) { return x ? 64 - __builtin_clzll((unsigned long long)x) : 0; }
static char *strlwr(char *s) {
  for (char *p = s; *p; p++)
    *p = (char)tolower(*p);
  return s;
}
static char *strupr(char *s) {
  for (char *p = s; *p; p++)
    *p = (char)toupper(*p);
  return s;
}
#endif

static int by_distance(const void *a, const void *b, void *from) {
  const int x = abs(*(const int *)a - *(int *)from), y = abs(*(const int *)b - *(int *)from);
  return x - y;
}
static void show(const struct tm *t) {
  printf("%d-%d-%d %d:%d:%d, day %d %d\n", t->tm_year, t->tm_mon, t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec, t->tm_wday, t->tm_yday);
}

static volatile double half = 0.5;
static volatile int three = 3;

int main(void) {
  const time_t moments[] = {0, 951782400, 1700000000, 4102444799LL};
  for (int i = 0; i < 4; i++) {
    struct tm t, u;
    char text[80], line[32];
    gmtime_r(&moments[i], &t);
    show(&t);
    show(gmtime(&moments[i]));
    show(localtime_r(&moments[i], &u));
    show(localtime(&moments[i]));
    printf("%d %s", (int)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S %a %A %b %B %j %p %I %y %%", &t), text);
    printf("; %d\n", (int)strftime(text, 4, "%Y-%m-%d", &t));
    printf("%s%s%s%s", asctime(&t), asctime_r(&t, line), ctime(&moments[i]), ctime_r(&moments[i], text));
    t.tm_mday += 40;
    printf("%lld %.0f\n", (long long)mktime(&t), difftime(moments[i], moments[0]));
    show(&t);
  }

  int values[] = {1, 9, 4, 30, 12, 7, 22}, from = 10;
  qsort_r(values, 7, sizeof *values, by_distance, &from);
  for (int i = 0; i < 7; i++)
    printf("%d ", values[i]);
  const imaxdiv_t d = imaxdiv(-1000000000000, 7 * three);
  printf("\n%jd %jd %jd\n", d.quot, d.rem, imaxabs(-5000000000 * three));
  char *end;
  printf("%jd %ju %s\n", strtoimax("-123456789012x", &end, 10), strtoumax("ffffffffff", NULL, 16), end);
  printf("%d %d %d %d %d %d\n", ffsl(8 * three), ffsll(1LL << (40 + three)), fls(1000 * three), (int)flsl(0L + three), flsll(1LL << (50 + three)), flsll(three - 3));

  char text[32] = "Some Words, Mixed";
  bcopy(text, text + 3, 14);
  puts(text);
  bzero(text, 3);
  explicit_bzero(text + 3, 1);
  printf("%d %s %s\n", text[2] + text[3], text + 4, (char *)rawmemchr(text + 4, ','));
  printf("%s %s %d\n", index(text + 4, 'o'), rindex(text + 4, 'o'), index(text + 4, 'Q') == NULL);
  printf("%s ", strupr(text + 4));
  printf("%s\n", strlwr(text + 4));
  char copy[8] = "";
  printf("%d %s %d\n", (int)strxfrm(copy, "short", sizeof copy), copy, (int)strxfrm(NULL, "a longer one", 0));
  printf("%d %d %d\n", (isascii)('a' * three) != 0, (isascii)('a') != 0, (toascii)(0x80 + 'b'));

  int sign;
  printf("%.9f %.9f %.9f %.9f %.9f %.9f\n", j0(half), j1(half), jn(three, half), y0(half), y1(half), yn(three, half));
  printf("%.4f %.4f %.4f %.4f %.4f %.4f\n", (double)j0f(0.5f), (double)j1f(0.5f), (double)jnf(three, 0.5f), (double)y0f(0.5f), (double)y1f(0.5f), (double)ynf(three, 0.5f));
  printf("%.9f %d ", lgamma_r(-half, &sign), sign);
  printf("%.4f %d\n", (double)lgammaf_r(2.5f, &sign), sign);
  printf("%.3f %.3f %d %d %d\n", drem(7.25, three), (double)dremf(7.75f, 3), (finite)(half) != 0, (finite)(half / 0.0) != 0, (finitef)((float)half) != 0);
  return 0;
}
