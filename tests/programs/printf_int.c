// SPDX-License-Identifier: Apache-2.0
// printf: integers of all lengths, flags, widths and precisions; characters and strings.
#include <stdint.h>
#include <stdio.h>

int main(void) {
    static const int v[] = {0, 1, -1, 42, -12345, 2147483647, -2147483647 - 1};
    for (unsigned i = 0; i < sizeof v / sizeof *v; i++) {
        printf("[%d] [%5d] [%-8d] [%08d] [%+d] [% d] [%.3d] [%10.4d]\n", v[i], v[i], v[i], v[i], v[i], v[i], v[i], v[i]);
        printf("[%u] [%x] [%X] [%#x] [%o] [%#o] [%12u] [%-12x]\n", (unsigned)v[i], (unsigned)v[i], (unsigned)v[i], (unsigned)v[i], (unsigned)v[i], (unsigned)v[i], (unsigned)v[i], (unsigned)v[i]);
        printf("[%ld] [%lu] [%hd] [%hhd]\n", (long)v[i], (unsigned long)(uint32_t)v[i], (short)v[i], (signed char)v[i]);
        printf("[%lld] [%llu] [%20lld] [%-20llx] [%020lld]\n", v[i] * 1000000007LL, (unsigned long long)v[i], v[i] * 3000000000LL, (unsigned long long)v[i], (long long)v[i]);
    }
    printf("%c%c%c %5c|%-5c| %%\n", 'a', 'b', 'c', 'd', 'e');
    printf("[%s] [%10s] [%-10s] [%.2s] [%10.3s] [%*s] [%-*d] [%.*f]\n", "text", "text", "text", "text", "text", 7, "ab", 6, 42, 2, 3.14159);
    int a = printf("%s", ""), b = printf("123\n");
    printf("%d %d\n", a, b);
    printf("%d %lld %d %lld %s %d %lld\n", 1, 2LL, 3, 4LL, "five", 6, 7LL); // arguments on the stack, aligned and not
    char s[8];
    int n = snprintf(s, sizeof s, "%d-%d-%d", 1234, 5678, 90);
    printf("%d %s\n", n, s);
    n = sprintf(s, "%03x", 0xabu);
    printf("%d %s\n", n, s);
    return 0;
}
