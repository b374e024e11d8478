// SPDX-License-Identifier: Apache-2.0
// 64-bit multiplication, division and remainder at their edges.
#include <stdint.h>
#include <stdio.h>

static const uint64_t edges[] = {0, 1, 2, 3, 10, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x100000001, 0x7fffffffffffffff,
                                 0x8000000000000000, 0xfffffffffffffffe, 0xffffffffffffffff, 1000000007, 0x123456789abcdef0};

__attribute__((noinline)) static void pair(uint64_t a, uint64_t b) {
    printf("%llx*%llx=%llx", (unsigned long long)a, (unsigned long long)b, (unsigned long long)(a * b));
    printf(" high32=%llx", (unsigned long long)((uint64_t)(uint32_t)a * (uint32_t)b >> 32));
    printf(" s32=%lld", (long long)((int64_t)(int32_t)(uint32_t)a * (int32_t)(uint32_t)b));
    if (b) {
        printf(" u %llu r %llu", (unsigned long long)(a / b), (unsigned long long)(a % b));
        int64_t sa = (int64_t)a, sb = (int64_t)b;
        if (!(sa == INT64_MIN && sb == -1))
            printf(" s %lld r %lld", (long long)(sa / sb), (long long)(sa % sb));
        if ((uint32_t)b)
            printf(" mixed %llu %lu", (unsigned long long)(a / (uint32_t)b), (unsigned long)(a % (uint32_t)b));
    }
    putchar('\n');
}

int main(void) {
    const int n = sizeof edges / sizeof *edges;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            pair(edges[i], edges[j]);
    return 0;
}
