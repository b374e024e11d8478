// SPDX-License-Identifier: Apache-2.0
// The functions of string.h, stdlib.h conversions and ctype.h.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sign(int v) { return (v > 0) - (v < 0); }

int main(void) {
    char a[64] = "hello", b[64];
    volatile char zero = 0;
    a[5] = zero;
    strcpy(b, a);
    strcat(b, ", world");
    strncpy(a + 6, "abcdef", 4);
    a[10] = 0;
    printf("%d %s %s %d\n", (int)strlen(b), b, a + 6, (int)strnlen(b, 5));
    strncat(a, b + 5, 4);
    printf("[%s] %d %d %d\n", a, sign(strcmp("abc", "abd")), sign(strncmp("abcx", "abcy", 3)), sign(strcmp("b", "a")));
    printf("%s %s %s\n", strchr(b, 'o'), strrchr(b, 'o'), strstr(b, "wor"));
    printf("%d %d %s\n", (int)strspn(b, "helo"), (int)strcspn(b, " ,"), strpbrk(b, "wxyz"));
    char list[] = "one,two;;three";
    for (char *t = strtok(list, ",;"); t; t = strtok(NULL, ",;"))
        printf("<%s>", t);
    printf("\n%d %ld %lu %d\n", atoi("-123x"), strtol("0x1f", NULL, 0), strtoul("777", NULL, 8), abs(-5));
    char *end;
    double d = strtod("3.25e2rest", &end);
    printf("%.3f %s %d\n", d, end, sign(memcmp("ab\0c", "ab\0d", 4)));
    for (int c = 0; c < 128; c += 9)
        printf("%d%d%d%d%d", !!isalpha(c), !!isdigit(c), !!isspace(c), !!isupper(c), !!isxdigit(c));
    printf("\n%c%c %s\n", toupper('q'), tolower('Q'), (char *)memchr("find", 'n', 4));
    char *copy = strdup(b);
    copy[0] = 'J';
    puts(copy);
    free(copy);
    return 0;
}
