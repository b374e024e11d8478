// SPDX-License-Identifier: Apache-2.0
// Reed-Solomon over GF(256): tables, encoder, syndromes and repair of up to two wrong bytes.
#include "train.h"

enum { DATA = 60, CHECK = 4, TOTAL = DATA + CHECK };

static uint8_t power[512], logarithm[256], generator[CHECK + 1];

static uint8_t times(uint8_t a, uint8_t b) {
    return a && b ? power[logarithm[a] + logarithm[b]] : 0;
}

static uint8_t over(uint8_t a, uint8_t b) {
    return a ? power[logarithm[a] + 255 - logarithm[b]] : 0;
}

static void tables(void) {
    unsigned x = 1;
    for (int i = 0; i < 255; ++i) {
        power[i] = power[i + 255] = (uint8_t)x;
        logarithm[x] = (uint8_t)i;
        x <<= 1;
        if (x > 255)
            x ^= 0x11d;
    }
    generator[0] = 1;
    for (int i = 0; i < CHECK; ++i) {
        generator[i + 1] = 0;
        for (int k = i + 1; k > 0; --k)
            generator[k] = generator[k] ^ times(generator[k - 1], power[i]);
    }
}

static void encode(uint8_t *block) {
    uint8_t rest[CHECK] = {0};
    for (int i = 0; i < DATA; ++i) {
        uint8_t feedback = block[i] ^ rest[0];
        for (int k = 0; k < CHECK - 1; ++k)
            rest[k] = rest[k + 1] ^ times(feedback, generator[k + 1]);
        rest[CHECK - 1] = times(feedback, generator[CHECK]);
    }
    for (int k = 0; k < CHECK; ++k)
        block[DATA + k] = rest[k];
}

static int repair(uint8_t *block) {
    uint8_t s[CHECK], any = 0;
    for (int k = 0; k < CHECK; ++k) {
        uint8_t v = 0;
        for (int i = 0; i < TOTAL; ++i)
            v = times(v, power[k]) ^ block[i];
        s[k] = v;
        any |= v;
    }
    if (!any)
        return 0;
    uint8_t det = times(s[1], s[1]) ^ times(s[0], s[2]);
    if (!det) { // one error: s[k] = e * x^k
        if (!s[0] || !s[1])
            return -1;
        int at = TOTAL - 1 - (logarithm[s[1]] + 255 - logarithm[s[0]]) % 255;
        if (at < 0)
            return -1;
        block[at] ^= s[0];
        return 1;
    }
    uint8_t l1 = over(times(s[0], s[3]) ^ times(s[1], s[2]), det);
    uint8_t l2 = over(times(s[1], s[3]) ^ times(s[2], s[2]), det);
    uint8_t x[2];
    int where[2], found = 0;
    for (int i = 0; i < TOTAL && found < 2; ++i) {
        uint8_t c = power[TOTAL - 1 - i];
        if ((times(c, c) ^ times(l1, c) ^ l2) == 0) {
            x[found] = c;
            where[found++] = i;
        }
    }
    if (found != 2)
        return -1;
    uint8_t e1 = over(times(s[0], x[1]) ^ s[1], x[0] ^ x[1]);
    block[where[0]] ^= e1;
    block[where[1]] ^= e1 ^ s[0];
    return 2;
}

int main(void) {
    volatile uint32_t start = 1001;
    uint32_t x = start, digest = 0;
    uint8_t block[TOTAL], sent[TOTAL];
    tables();
    for (int n = 0; n < 60; ++n) {
        for (int i = 0; i < DATA; ++i) {
            x = x * 1664525u + 1013904223u;
            block[i] = (uint8_t)(x >> 24);
        }
        encode(block);
        for (int i = 0; i < TOTAL; ++i)
            sent[i] = block[i];
        for (int e = 0; e < n % 3; ++e)
            block[(n * 7 + e * 29) % TOTAL] ^= (uint8_t)(n + 1 + e);
        if (repair(block) != n % 3)
            return 2;
        for (int i = 0; i < TOTAL; ++i)
            if (block[i] != sent[i])
                return 3;
        for (int k = DATA; k < TOTAL; ++k)
            digest = digest * 41 + block[k];
    }
    return TRAIN_EXPECT(digest, 0x432276d7u);
}
