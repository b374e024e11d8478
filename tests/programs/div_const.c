// SPDX-License-Identifier: Apache-2.0
// Division and remainder by constants, which compilers turn into multiplications.
#include <stdint.h>
#include <stdio.h>

#define ONE(d)                                                                                                         \
    __attribute__((noinline)) static void by_##d(int32_t s, uint32_t u, int64_t l) {                                   \
        printf("/" #d ": %ld %ld %lu %lu %lld %lld %d\n", (long)(s / d), (long)(s % d), (unsigned long)(u / d),        \
               (unsigned long)(u % d), (long long)(l / d), (long long)(l % d), u % d == 0);                            \
    }
#define ALL(X) X(1) X(2) X(3) X(5) X(7) X(8) X(10) X(12) X(25) X(60) X(64) X(100) X(125) X(255) X(641) X(1000) X(65536) X(1000000) X(2147483647)
ALL(ONE)

int main(void) {
    static const int64_t values[] = {0, 1, -1, 9, 10, -10, 99, 641, 12345, -98765, 4294967295LL, 2147483647, -2147483647 - 1LL, 123456789012345LL, -123456789012345LL};
    for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
#define CALL(d) by_##d((int32_t)values[i], (uint32_t)values[i], values[i]);
        ALL(CALL)
    }
    volatile int8_t c = -100;
    volatile uint16_t h = 60001;
    printf("%d %d %d %d\n", c / 7, c % 7, h / 77, h % 77);
    return 0;
}
