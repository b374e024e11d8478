// SPDX-License-Identifier: Apache-2.0
// Big numbers: Montgomery modular exponentiation of 256 bits and long multiplication, on 32-bit limbs.
#include "kernel.h"

#include <string.h>

#define LIMBS 8

typedef uint32_t number[LIMBS];

// 2^255 - 19: a prime, so that Fermat's little theorem checks the arithmetic without a table of answers
static const number modulus = {0xffffffedu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
                               0xffffffffu, 0xffffffffu, 0xffffffffu, 0x7fffffffu};

static uint32_t negated_inverse(uint32_t odd) {
    uint32_t x = odd;
    for (int i = 0; i < 4; i++)
        x *= 2 - odd * x;
    return 0u - x;
}

static int compare(const uint32_t *a, const uint32_t *b) {
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static uint32_t subtract(uint32_t *out, const uint32_t *a, const uint32_t *b) {
    uint32_t borrow = 0;
    for (int i = 0; i < LIMBS; i++) {
        uint64_t d = (uint64_t)a[i] - b[i] - borrow;
        out[i] = (uint32_t)d;
        borrow = (uint32_t)(d >> 63);
    }
    return borrow;
}

static void montgomery(uint32_t *out, const uint32_t *a, const uint32_t *b, uint32_t inverse) {
    uint32_t t[LIMBS + 2] = {0};
    for (int i = 0; i < LIMBS; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < LIMBS; j++) {
            carry += (uint64_t)a[i] * b[j] + t[j];
            t[j] = (uint32_t)carry;
            carry >>= 32;
        }
        carry += t[LIMBS];
        t[LIMBS] = (uint32_t)carry;
        t[LIMBS + 1] = (uint32_t)(carry >> 32);

        uint32_t m = t[0] * inverse;
        carry = (uint64_t)m * modulus[0] + t[0];
        carry >>= 32;
        for (int j = 1; j < LIMBS; j++) {
            carry += (uint64_t)m * modulus[j] + t[j];
            t[j - 1] = (uint32_t)carry;
            carry >>= 32;
        }
        carry += t[LIMBS];
        t[LIMBS - 1] = (uint32_t)carry;
        t[LIMBS] = t[LIMBS + 1] + (uint32_t)(carry >> 32);
    }
    if (t[LIMBS] || compare(t, modulus) >= 0)
        subtract(out, t, modulus);
    else
        memcpy(out, t, sizeof(number));
}

static void double_mod(uint32_t *x) {
    uint32_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        uint32_t next = x[i] >> 31;
        x[i] = x[i] << 1 | carry;
        carry = next;
    }
    if (carry || compare(x, modulus) >= 0)
        subtract(x, x, modulus);
}

static void power(uint32_t *out, const uint32_t *base, const uint32_t *exponent) {
    uint32_t inverse = negated_inverse(modulus[0]);
    number one = {1}, r, x;
    memcpy(r, one, sizeof r);
    memcpy(x, base, sizeof x);
    for (int i = 0; i < 32 * LIMBS; i++) {
        double_mod(r);
        double_mod(x);
    }
    for (int bit = 32 * LIMBS - 1; bit >= 0; bit--) {
        montgomery(r, r, r, inverse);
        if (exponent[bit / 32] >> (bit % 32) & 1)
            montgomery(r, r, x, inverse);
    }
    montgomery(out, r, one, inverse);
}

static void long_multiply(uint32_t *out, const uint32_t *a, int na, const uint32_t *b, int nb) {
    memset(out, 0, sizeof(uint32_t) * (size_t)(na + nb));
    for (int i = 0; i < na; i++) {
        uint32_t carry = 0;
        for (int j = 0; j < nb; j++) {
            uint64_t p = (uint64_t)a[i] * b[j] + out[i + j] + carry;
            out[i + j] = (uint32_t)p;
            carry = (uint32_t)(p >> 32);
        }
        out[i + nb] = carry;
    }
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(65537u);
    number base, exponent, result;
    for (int i = 0; i < LIMBS; i++)
        base[i] = kernel_random(&seed);
    base[LIMBS - 1] &= 0x3fffffffu;

    memcpy(exponent, modulus, sizeof exponent);
    exponent[0] -= 1;
    power(result, base, exponent);
    if (result[0] != 1)
        return 2;
    for (int i = 1; i < LIMBS; i++)
        if (result[i])
            return 3;

    for (int i = 0; i < LIMBS; i++)
        exponent[i] = kernel_random(&seed);
    power(result, base, exponent);

    uint32_t product[16], wide[24], sum = 0;
    for (int round = 0; round < 60; round++) {
        long_multiply(product, result, LIMBS, base, LIMBS);
        long_multiply(wide, product, 16, result, LIMBS);
        for (int i = 0; i < 24; i++)
            sum = sum * 29u + wide[i];
        base[round % LIMBS] ^= sum;
    }
    return kernel_check(sum, 0x3e2ce3f1u);
}

KERNEL_MAIN
