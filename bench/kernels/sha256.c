// SPDX-License-Identifier: Apache-2.0
// SHA-256 with the usual update/final interface, fed in uneven pieces.
#include "kernel.h"

#include <string.h>

struct sha256 {
    uint32_t state[8];
    uint64_t bytes;
    uint8_t buffer[64];
    size_t used;
};

static const uint32_t round_constant[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t ror(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

static void compress_block(struct sha256 *s, const uint8_t *p) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = ror(w[i - 15], 7) ^ ror(w[i - 15], 18) ^ (w[i - 15] >> 3);
        uint32_t s1 = ror(w[i - 2], 17) ^ ror(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = s->state[0], b = s->state[1], c = s->state[2], d = s->state[3];
    uint32_t e = s->state[4], f = s->state[5], g = s->state[6], h = s->state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t t1 = h + (ror(e, 6) ^ ror(e, 11) ^ ror(e, 25)) + ((e & f) ^ (~e & g)) + round_constant[i] + w[i];
        uint32_t t2 = (ror(a, 2) ^ ror(a, 13) ^ ror(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    s->state[0] += a;
    s->state[1] += b;
    s->state[2] += c;
    s->state[3] += d;
    s->state[4] += e;
    s->state[5] += f;
    s->state[6] += g;
    s->state[7] += h;
}

static void start(struct sha256 *s) {
    static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(s->state, initial, sizeof initial);
    s->bytes = 0;
    s->used = 0;
}

static void update(struct sha256 *s, const uint8_t *p, size_t n) {
    s->bytes += n;
    while (n) {
        size_t part = 64 - s->used < n ? 64 - s->used : n;
        memcpy(s->buffer + s->used, p, part);
        s->used += part;
        p += part;
        n -= part;
        if (s->used == 64) {
            compress_block(s, s->buffer);
            s->used = 0;
        }
    }
}

static void finish(struct sha256 *s, uint8_t out[32]) {
    uint64_t bits = s->bytes * 8;
    uint8_t pad = 0x80;
    update(s, &pad, 1);
    pad = 0;
    while (s->used != 56)
        update(s, &pad, 1);
    uint8_t tail[8];
    for (int i = 0; i < 8; i++)
        tail[i] = (uint8_t)(bits >> (56 - 8 * i));
    update(s, tail, 8);
    for (int i = 0; i < 32; i++)
        out[i] = (uint8_t)(s->state[i / 4] >> (24 - 8 * (i % 4)));
}

static uint8_t data[6000];

int kernel_run(void) {
    struct sha256 s;
    uint8_t digest[32];
    uint32_t sum = 0;
    start(&s);
    update(&s, (const uint8_t *)"abc", 3);
    finish(&s, digest);
    if (digest[0] != 0xba || digest[1] != 0x78 || digest[31] != 0xad)
        return 2;
    uint32_t seed = kernel_opaque(17u);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(kernel_random(&seed) >> 16);
    for (int round = 0; round < 5; round++) {
        start(&s);
        size_t at = 0, piece = 1;
        while (at < sizeof data) {
            size_t n = piece < sizeof data - at ? piece : sizeof data - at;
            update(&s, data + at, n);
            at += n;
            piece = piece * 2 % 251 + 1;
        }
        finish(&s, digest);
        for (int i = 0; i < 32; i++) {
            sum = sum * 257u + digest[i];
            data[round * 32 + i] ^= digest[i];
        }
    }
    return kernel_check(sum, 0xc5270682u);
}

KERNEL_MAIN
