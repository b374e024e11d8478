// SPDX-License-Identifier: Apache-2.0
// XTEA, TEA-like mixing, RC4 and SipHash over messages.
#include "train.h"

static void xtea(uint32_t v[2], const uint32_t key[4], bool undo) {
    const uint32_t delta = 0x9e3779b9u;
    uint32_t a = v[0], b = v[1], sum = undo ? delta * 32 : 0;
    for (int i = 32; i > 0; --i) {
        if (undo) {
            b -= ((a << 4 ^ a >> 5) + a) ^ (sum + key[sum >> 11 & 3]);
            sum -= delta;
            a -= ((b << 4 ^ b >> 5) + b) ^ (sum + key[sum & 3]);
        } else {
            a += ((b << 4 ^ b >> 5) + b) ^ (sum + key[sum & 3]);
            sum += delta;
            b += ((a << 4 ^ a >> 5) + a) ^ (sum + key[sum >> 11 & 3]);
        }
    }
    v[0] = a;
    v[1] = b;
}

struct Rc4 {
    uint8_t s[256], i, j;
};

static void rc4_key(struct Rc4 *r, const uint8_t *key, int n) {
    for (int i = 0; i < 256; ++i)
        r->s[i] = (uint8_t)i;
    r->i = r->j = 0;
    for (int i = 0, j = 0; i < 256; ++i) {
        j = (j + r->s[i] + key[i % n]) & 255;
        uint8_t t = r->s[i];
        r->s[i] = r->s[j];
        r->s[j] = t;
    }
}

static uint8_t rc4_byte(struct Rc4 *r) {
    uint8_t a = r->s[++r->i];
    r->j = (uint8_t)(r->j + a);
    uint8_t b = r->s[r->j];
    r->s[r->i] = b;
    r->s[r->j] = a;
    return r->s[(uint8_t)(a + b)];
}

#define ROTL64(x, n) ((x) << (n) | (x) >> (64 - (n)))

static void sip_round(uint64_t *v) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = ROTL64(v[1], 13) ^ v[0];
    v[3] = ROTL64(v[3], 16) ^ v[2];
    v[0] = ROTL64(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = ROTL64(v[1], 17) ^ v[2];
    v[3] = ROTL64(v[3], 21) ^ v[0];
    v[2] = ROTL64(v[2], 32);
}

static uint64_t siphash(uint64_t k0, uint64_t k1, const uint8_t *m, size_t n) {
    uint64_t v[4] = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u,
                     k1 ^ 0x7465646279746573u};
    uint64_t last = (uint64_t)n << 56;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t w = 0;
        for (int b = 7; b >= 0; --b)
            w = w << 8 | m[i + (size_t)b];
        v[3] ^= w;
        sip_round(v);
        sip_round(v);
        v[0] ^= w;
    }
    for (int b = 0; i < n; ++i, b += 8)
        last |= (uint64_t)m[i] << b;
    v[3] ^= last;
    sip_round(v);
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for (int k = 0; k < 4; ++k)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static uint8_t message[512];

int main(void) {
    volatile uint32_t start = 1;
    uint32_t key[4] = {start, 2, 3, 4}, v[2] = {0xcafe, 0xbabe}, digest = 0;
    struct Rc4 r;
    for (int i = 0; i < 60; ++i) {
        uint32_t was[2] = {v[0], v[1]};
        xtea(v, key, false);
        digest += v[0] ^ v[1];
        uint32_t again[2] = {v[0], v[1]};
        xtea(again, key, true);
        if (again[0] != was[0] || again[1] != was[1])
            return 2;
    }
    rc4_key(&r, (const uint8_t *)"Wiki", 4);
    if (rc4_byte(&r) != 0x60 || rc4_byte(&r) != 0x44)
        return 3;
    for (int i = 0; i < 512; ++i)
        message[i] = rc4_byte(&r);
    for (size_t n = 0; n < 512; n += 61) {
        uint64_t h = siphash(n * 3, digest, message, n);
        digest = digest * 5 + (uint32_t)(h ^ h >> 32);
    }
    return TRAIN_EXPECT(digest, 0xb920b8d2u);
}
