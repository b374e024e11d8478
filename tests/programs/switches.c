// SPDX-License-Identifier: Apache-2.0
// switch: dense, sparse, ranges, 64-bit, signed, nested, with fall-through.
#include <stdint.h>
#include <stdio.h>

__attribute__((noinline)) static int dense(int x) {
    switch (x) {
    case 0: return 7;
    case 1: return 13;
    case 2: return -4;
    case 3: x += 10; // fall through
    case 4: return x * 3;
    case 5: return 99;
    case 6: return 1;
    case 7: return 77;
    case 9: return 5;
    default: return -1;
    }
}
__attribute__((noinline)) static const char *sparse(int x) {
    switch (x) {
    case -2147483647 - 1: return "min";
    case -1000: return "minus thousand";
    case -1: return "minus one";
    case 17: return "seventeen";
    case 1000000: return "million";
    case 2147483647: return "max";
    }
    return "other";
}
__attribute__((noinline)) static int ranges(int c) {
    switch (c) {
    case '0' ... '9': return 1;
    case 'a' ... 'z':
    case 'A' ... 'Z': return 2;
    case '_': return 3;
    case -100 ... -50: return 4;
    case 1000 ... 100000: return 5;
    default: return 0;
    }
}
__attribute__((noinline)) static int wide(uint64_t x) {
    switch (x) {
    case 0: return 1;
    case 0x100000000ULL: return 2;
    case 0x100000001ULL: return 3;
    case 0xffffffffffffffffULL: return 4;
    default: return 5;
    }
}
__attribute__((noinline)) static int narrow(uint8_t x) {
    switch (x) {
    case 250: return 1;
    case 251: return 20;
    case 252: return 300;
    case 253: return 4000;
    case 254: return 50000;
    case 255: return 600000;
    default: return 0;
    }
}
__attribute__((noinline)) static void effects(int x, int *log) {
    switch (x & 15) {
    case 0: *log += 1; break;
    case 1: *log *= 3; // fall through
    case 2: *log ^= 0x55; break;
    case 3:
        switch (x >> 4) {
        case 0: *log -= 9; break;
        case 1: *log = ~*log; break;
        default: *log += x;
        }
        break;
    case 7: *log = (*log & 0x7fff) << 1; break;
    case 11: return;
    default: *log += 1000;
    }
    *log += 2;
}

int main(void) {
    for (int i = -2; i < 12; i++)
        printf("%d ", dense(i));
    static const int xs[] = {-2147483647 - 1, -1000, -1, 0, 17, 18, 1000000, 2147483647, '5', 'q', 'Q', '_', -75, 5000, 100001};
    for (unsigned i = 0; i < sizeof xs / sizeof *xs; i++)
        printf("\n%s %d", sparse(xs[i]), ranges(xs[i]));
    printf("\n%d%d%d%d%d\n", wide(0), wide(1ULL << 32), wide((1ULL << 32) + 1), wide(~0ULL), wide(1));
    for (int i = 247; i < 260; i++)
        printf("%d ", narrow((uint8_t)i));
    int log = 1;
    for (int i = 0; i < 64; i++)
        effects(i, &log);
    printf("\n%d\n", log);
    return 0;
}
