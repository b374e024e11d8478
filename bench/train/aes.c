// SPDX-License-Identifier: Apache-2.0
// AES-128 in counter and CBC mode; the substitution box is computed.
#include "train.h"

static uint8_t sbox[256], inverse_sbox[256];
static uint8_t round_keys[11][16];
static uint8_t buffer[1024];

static uint8_t twice(uint8_t b) {
    return (uint8_t)(b << 1 ^ (b & 0x80 ? 0x1b : 0));
}

static uint8_t product(uint8_t a, uint8_t b) {
    uint8_t r = 0;
    while (b) {
        if (b & 1)
            r ^= a;
        a = twice(a);
        b >>= 1;
    }
    return r;
}

static void make_boxes(void) {
    uint8_t p = 1, q = 1;
    do {
        p = (uint8_t)(p ^ twice(p));
        q ^= (uint8_t)(q << 1);
        q ^= (uint8_t)(q << 2);
        q ^= (uint8_t)(q << 4);
        if (q & 0x80)
            q ^= 0x09;
        uint8_t x = (uint8_t)(q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4) ^ 0x63);
        sbox[p] = x;
        inverse_sbox[x] = p;
    } while (p != 1);
    sbox[0] = 0x63;
    inverse_sbox[0x63] = 0;
}

static void expand(const uint8_t *key) {
    uint8_t *w = round_keys[0], constant = 1;
    for (int i = 0; i < 16; ++i)
        w[i] = key[i];
    for (int i = 16; i < 176; i += 4) {
        uint8_t t[4] = {w[i - 4], w[i - 3], w[i - 2], w[i - 1]};
        if (i % 16 == 0) {
            uint8_t f = t[0];
            t[0] = sbox[t[1]] ^ constant;
            t[1] = sbox[t[2]];
            t[2] = sbox[t[3]];
            t[3] = sbox[f];
            constant = twice(constant);
        }
        for (int k = 0; k < 4; ++k)
            w[i + k] = w[i - 16 + k] ^ t[k];
    }
}

static void add_key(uint8_t *s, int round) {
    for (int i = 0; i < 16; ++i)
        s[i] ^= round_keys[round][i];
}

static void encrypt(uint8_t *s) {
    add_key(s, 0);
    for (int round = 1; round <= 10; ++round) {
        uint8_t t[16];
        for (int c = 0; c < 4; ++c)
            for (int r = 0; r < 4; ++r)
                t[4 * c + r] = sbox[s[4 * ((c + r) & 3) + r]];
        for (int c = 0; c < 16; c += 4) {
            uint8_t all = t[c] ^ t[c + 1] ^ t[c + 2] ^ t[c + 3];
            for (int r = 0; r < 4; ++r)
                s[c + r] = round == 10 ? t[c + r] : (uint8_t)(t[c + r] ^ all ^ twice(t[c + r] ^ t[c + ((r + 1) & 3)]));
        }
        add_key(s, round);
    }
}

static void decrypt(uint8_t *s) {
    for (int round = 10; round >= 1; --round) {
        uint8_t t[16];
        add_key(s, round);
        if (round != 10)
            for (int c = 0; c < 16; c += 4) {
                uint8_t a = s[c], b = s[c + 1], d = s[c + 2], e = s[c + 3];
                s[c] = product(a, 14) ^ product(b, 11) ^ product(d, 13) ^ product(e, 9);
                s[c + 1] = product(a, 9) ^ product(b, 14) ^ product(d, 11) ^ product(e, 13);
                s[c + 2] = product(a, 13) ^ product(b, 9) ^ product(d, 14) ^ product(e, 11);
                s[c + 3] = product(a, 11) ^ product(b, 13) ^ product(d, 9) ^ product(e, 14);
            }
        for (int c = 0; c < 4; ++c)
            for (int r = 0; r < 4; ++r)
                t[4 * ((c + r) & 3) + r] = inverse_sbox[s[4 * c + r]];
        for (int i = 0; i < 16; ++i)
            s[i] = t[i];
    }
    add_key(s, 0);
}

int main(void) {
    volatile uint8_t zero = 0;
    uint8_t key[16], state[16], chain[16], counter[16] = {0};
    make_boxes();
    for (int i = 0; i < 16; ++i) {
        key[i] = (uint8_t)(i + zero);
        state[i] = (uint8_t)(i * 0x11);
    }
    expand(key);
    encrypt(state);
    if (state[0] != 0x69 || state[1] != 0xc4 || state[15] != 0x5a) // FIPS 197, appendix C.1
        return 2;
    decrypt(state);
    if (state[3] != 0x33)
        return 3;
    uint32_t digest = 0;
    for (unsigned at = 0; at < sizeof buffer; at += 16) {
        for (int i = 0; i < 16; ++i)
            state[i] = counter[i];
        encrypt(state);
        for (int i = 0; i < 16; ++i)
            buffer[at + (unsigned)i] = state[i];
        for (int i = 15; i >= 0 && ++counter[i] == 0; --i)
            ;
    }
    for (int i = 0; i < 16; ++i)
        chain[i] = key[15 - i];
    for (unsigned at = 0; at < 256; at += 16) {
        uint8_t *p = buffer + at, keep[16];
        for (int i = 0; i < 16; ++i)
            keep[i] = p[i];
        decrypt(p);
        for (int i = 0; i < 16; ++i) {
            p[i] ^= chain[i];
            chain[i] = keep[i];
        }
    }
    for (unsigned i = 0; i < sizeof buffer; ++i)
        digest = digest * 37 + buffer[i];
    return TRAIN_EXPECT(digest, 0x32f1dae2u);
}
