// SPDX-License-Identifier: Apache-2.0
// ChaCha20: a message encrypted and decrypted again.
#include "kernel.h"

#include <string.h>

#define BYTES 16384

struct chacha {
    uint32_t input[16];
};

static uint8_t message[BYTES];

static uint32_t load32(const uint8_t *p) {
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t rotate(uint32_t x, int n) {
    return x << n | x >> (32 - n);
}

static void quarter(uint32_t *x, int a, int b, int c, int d) {
    x[a] += x[b];
    x[d] = rotate(x[d] ^ x[a], 16);
    x[c] += x[d];
    x[b] = rotate(x[b] ^ x[c], 12);
    x[a] += x[b];
    x[d] = rotate(x[d] ^ x[a], 8);
    x[c] += x[d];
    x[b] = rotate(x[b] ^ x[c], 7);
}

static void setup(struct chacha *c, const uint8_t key[32], const uint8_t nonce[12], uint32_t counter) {
    static const uint8_t sigma[16] = {'e', 'x', 'p', 'a', 'n', 'd', ' ', '3', '2', '-', 'b', 'y', 't', 'e', ' ', 'k'};
    for (int i = 0; i < 4; i++)
        c->input[i] = load32(sigma + 4 * i);
    for (int i = 0; i < 8; i++)
        c->input[4 + i] = load32(key + 4 * i);
    c->input[12] = counter;
    for (int i = 0; i < 3; i++)
        c->input[13 + i] = load32(nonce + 4 * i);
}

static void block(struct chacha *c, uint8_t out[64]) {
    uint32_t x[16];
    memcpy(x, c->input, sizeof x);
    for (int i = 0; i < 10; i++) {
        quarter(x, 0, 4, 8, 12);
        quarter(x, 1, 5, 9, 13);
        quarter(x, 2, 6, 10, 14);
        quarter(x, 3, 7, 11, 15);
        quarter(x, 0, 5, 10, 15);
        quarter(x, 1, 6, 11, 12);
        quarter(x, 2, 7, 8, 13);
        quarter(x, 3, 4, 9, 14);
    }
    for (int i = 0; i < 16; i++) {
        uint32_t v = x[i] + c->input[i];
        out[4 * i] = (uint8_t)v;
        out[4 * i + 1] = (uint8_t)(v >> 8);
        out[4 * i + 2] = (uint8_t)(v >> 16);
        out[4 * i + 3] = (uint8_t)(v >> 24);
    }
    c->input[12]++;
}

static void crypt(struct chacha *c, uint8_t *data, size_t n) {
    uint8_t stream[64];
    while (n) {
        size_t part = n < 64 ? n : 64;
        block(c, stream);
        for (size_t i = 0; i < part; i++)
            data[i] ^= stream[i];
        data += part;
        n -= part;
    }
}

int kernel_run(void) {
    uint8_t key[32], nonce[12] = {0, 0, 0, 9, 0, 0, 0, 0x4a, 0, 0, 0, 0}, stream[64];
    struct chacha c;
    uint32_t sum = 0;
    for (int i = 0; i < 32; i++)
        key[i] = (uint8_t)kernel_opaque((uint32_t)i);
    setup(&c, key, nonce, 1);
    block(&c, stream);
    if (load32(stream) != 0xe4e7f110u || load32(stream + 60) != 0x4e3c50a2u) // the block test of RFC 8439
        return 2;
    for (int i = 0; i < BYTES; i++)
        message[i] = (uint8_t)(i * 7 + (i >> 8));
    setup(&c, key, nonce, 1);
    crypt(&c, message, BYTES - 5);
    for (int i = 0; i < BYTES; i++)
        sum = sum * 31u + message[i];
    setup(&c, key, nonce, 1);
    crypt(&c, message, BYTES - 5);
    for (int i = 0; i < BYTES; i++)
        if (message[i] != (uint8_t)(i * 7 + (i >> 8)))
            return 3;
    return kernel_check(sum, 0x390c74d5u);
}

KERNEL_MAIN
