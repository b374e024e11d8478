// SPDX-License-Identifier: Apache-2.0
// Primes: a bit sieve, factorisation by trial division, and a Miller-Rabin test.
#include "kernel.h"

#define LIMIT 30000

static uint32_t bits[LIMIT / 64 + 1]; // odd numbers only
static uint16_t primes[3300];

static int sieve(void) {
    for (unsigned i = 0; i < sizeof bits / sizeof bits[0]; i++)
        bits[i] = 0xffffffffu;
    for (unsigned p = 3; p * p < LIMIT; p += 2)
        if (bits[p / 64] >> (p / 2 % 32) & 1)
            for (unsigned m = p * p; m < LIMIT; m += 2 * p)
                bits[m / 64] &= ~(1u << (m / 2 % 32));
    int count = 0;
    primes[count++] = 2;
    for (unsigned n = 3; n < LIMIT; n += 2)
        if (bits[n / 64] >> (n / 2 % 32) & 1)
            primes[count++] = (uint16_t)n;
    return count;
}

static uint32_t factor_sum(uint32_t n, int count) {
    uint32_t sum = 0;
    for (int i = 0; i < count && (uint32_t)primes[i] * primes[i] <= n; i++)
        while (n % primes[i] == 0) {
            sum += primes[i];
            n /= primes[i];
        }
    return n > 1 ? sum + n : sum;
}

static uint32_t mul_mod(uint32_t a, uint32_t b, uint32_t m) {
    return (uint32_t)((uint64_t)a * b % m);
}

static int probably_prime(uint32_t n) {
    static const uint32_t witnesses[] = {2, 7, 61};
    if (n < 2 || n % 2 == 0)
        return n == 2;
    uint32_t d = n - 1;
    int s = 0;
    while (d % 2 == 0) {
        d /= 2;
        s++;
    }
    for (int w = 0; w < 3; w++) {
        uint32_t base = witnesses[w] % n, x = 1;
        if (base == 0)
            continue;
        for (uint32_t e = d; e; e >>= 1) {
            if (e & 1)
                x = mul_mod(x, base, n);
            base = mul_mod(base, base, n);
        }
        if (x == 1 || x == n - 1)
            continue;
        int r = 1;
        for (; r < s; r++) {
            x = mul_mod(x, x, n);
            if (x == n - 1)
                break;
        }
        if (r >= s)
            return 0;
    }
    return 1;
}

static uint32_t gcd(uint32_t a, uint32_t b) {
    while (b) {
        uint32_t t = a % b;
        a = b;
        b = t;
    }
    return a;
}

int kernel_run(void) {
    int count = sieve();
    if (count != 3245)
        return 2;
    uint32_t seed = kernel_opaque(271828u), sum = 0;
    for (int i = 0; i < 150; i++) {
        uint32_t n = kernel_random(&seed) >> (4 + i % 12);
        sum = sum * 3u + factor_sum(n | 1u, count);
        sum += gcd(n, 720720u);
    }
    for (uint32_t n = 4000000007u; n < 4000000107u; n += 2)
        sum += (uint32_t)probably_prime(n) * (n - 4000000000u);
    return kernel_check(sum, 0x3076478du);
}

KERNEL_MAIN
