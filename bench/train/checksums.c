// SPDX-License-Identifier: Apache-2.0
// Check sums of many protocols: Adler, Fletcher, internet, LRC, Pearson, parity, Luhn and ISBN.
#include "train.h"

static uint8_t bytes[2048];
static uint8_t shuffle[256];

static uint32_t adler(const uint8_t *p, size_t n) {
    uint32_t a = 1, b = 0;
    while (n) {
        size_t chunk = n > 1000 ? 1000 : n;
        n -= chunk;
        do {
            a += *p++;
            b += a;
        } while (--chunk);
        a %= 65521;
        b %= 65521;
    }
    return b << 16 | a;
}

static uint16_t fletcher(const uint8_t *p, size_t n) {
    unsigned lo = 0, hi = 0;
    for (; n; --n) {
        lo = (lo + *p++) % 255;
        hi = (hi + lo) % 255;
    }
    return (uint16_t)(hi << 8 | lo);
}

static uint16_t internet(const uint8_t *p, size_t n) {
    uint32_t acc = 0;
    for (; n > 1; n -= 2, p += 2)
        acc += (uint32_t)p[0] << 8 | p[1];
    if (n)
        acc += (uint32_t)*p << 8;
    while (acc >> 16)
        acc = (acc & 0xffff) + (acc >> 16);
    return (uint16_t)~acc;
}

static uint8_t longitudinal(const uint8_t *p, size_t n) {
    uint8_t sum = 0;
    while (n--)
        sum += *p++;
    return (uint8_t)-sum;
}

static uint8_t pearson(const uint8_t *p, size_t n) {
    uint8_t h = (uint8_t)n;
    while (n--)
        h = shuffle[h ^ *p++];
    return h;
}

static uint32_t parity_errors(const uint8_t *p, size_t n) {
    uint32_t bad = 0;
    while (n--) {
        uint8_t v = *p++;
        v ^= v >> 4;
        bad += 0x6996 >> (v & 15) & 1;
    }
    return bad;
}

static bool luhn(const uint8_t *digits, int n) {
    int sum = 0;
    for (int i = 0; i < n; ++i) {
        int d = digits[n - 1 - i];
        if (i & 1)
            d = d > 4 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return sum % 10 == 0;
}

static int isbn_digit(const uint8_t *digits) {
    int sum = 0;
    for (int i = 0; i < 9; ++i)
        sum += digits[i] * (10 - i);
    return (11 - sum % 11) % 11;
}

int main(void) {
    volatile uint8_t first = 60;
    uint8_t v = first;
    for (int i = 0; i < 256; ++i)
        shuffle[i] = (uint8_t)(i * 167 + 13);
    for (unsigned i = 0; i < sizeof bytes; ++i) {
        v = (uint8_t)(v * 5 + (i >> 3) + 1);
        bytes[i] = v;
    }
    uint32_t digest = 0;
    for (unsigned cut = 0; cut < 8; ++cut) {
        const uint8_t *p = bytes + cut;
        size_t n = sizeof bytes - cut * 37;
        if (cut > 0)
            n -= 10;
        digest = digest * 7 + adler(p, n);
        digest = digest * 7 + fletcher(p, n);
        digest = digest * 7 + internet(p, n);
        digest = digest * 7 + longitudinal(p, n);
        digest = digest * 7 + pearson(p, n);
        digest = digest * 7 + parity_errors(p, n);
    }
    uint8_t card[16];
    for (int i = 0; i < 200; ++i) {
        for (int k = 0; k < 16; ++k)
            card[k] = bytes[(i * 11 + k) & 2047] % 10;
        digest = digest * 3 + luhn(card, 16) + (uint32_t)isbn_digit(card);
    }
    return TRAIN_EXPECT(digest, 0x77852066u);
}
