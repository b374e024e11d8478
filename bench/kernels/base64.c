// SPDX-License-Identifier: Apache-2.0
// Base64 and percent encoding: encode, check, decode, and refuse broken input.
#include "kernel.h"

#include <string.h>

#define BYTES 3001

static uint8_t raw[BYTES], back[BYTES + 8];
static char encoded[BYTES * 4 / 3 + 16], escaped[BYTES * 3 + 16];
static int8_t reverse_alphabet[256];

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t encode(const uint8_t *in, size_t n, char *out) {
    char *o = out;
    for (; n >= 3; n -= 3, in += 3) {
        uint32_t v = (uint32_t)in[0] << 16 | (uint32_t)in[1] << 8 | in[2];
        *o++ = alphabet[v >> 18];
        *o++ = alphabet[v >> 12 & 63];
        *o++ = alphabet[v >> 6 & 63];
        *o++ = alphabet[v & 63];
    }
    if (n) {
        uint32_t v = (uint32_t)in[0] << 16 | (n > 1 ? (uint32_t)in[1] << 8 : 0);
        *o++ = alphabet[v >> 18];
        *o++ = alphabet[v >> 12 & 63];
        *o++ = n > 1 ? alphabet[v >> 6 & 63] : '=';
        *o++ = '=';
    }
    *o = '\0';
    return (size_t)(o - out);
}

static int decode(const char *in, uint8_t *out) {
    uint8_t *o = out;
    uint32_t group = 0;
    int have = 0, padding = 0;
    for (; *in; in++) {
        if (*in == '\n')
            continue;
        if (*in == '=') {
            padding++;
            group <<= 6;
        } else {
            int v = reverse_alphabet[(uint8_t)*in];
            if (v < 0 || padding)
                return -1;
            group = group << 6 | (uint32_t)v;
        }
        if (++have == 4) {
            *o++ = (uint8_t)(group >> 16);
            *o++ = (uint8_t)(group >> 8);
            *o++ = (uint8_t)group;
            have = 0;
            group = 0;
        }
    }
    if (have || padding > 2)
        return -1;
    return (int)(o - out) - padding;
}

static int is_plain(uint8_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
           c == '.' || c == '~';
}

static size_t percent_encode(const uint8_t *in, size_t n, char *out) {
    static const char hex[] = "0123456789ABCDEF";
    char *o = out;
    for (size_t i = 0; i < n; i++) {
        if (is_plain(in[i])) {
            *o++ = (char)in[i];
        } else {
            *o++ = '%';
            *o++ = hex[in[i] >> 4];
            *o++ = hex[in[i] & 15];
        }
    }
    *o = '\0';
    return (size_t)(o - out);
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(64u), sum = 0;
    memset(reverse_alphabet, -1, sizeof reverse_alphabet);
    for (int i = 0; i < 64; i++)
        reverse_alphabet[(uint8_t)alphabet[i]] = (int8_t)i;
    for (int i = 0; i < BYTES; i++)
        raw[i] = (uint8_t)(kernel_random(&seed) >> 13);
    for (size_t round = 0; round < 6; round++) {
        size_t n = BYTES - round;
        size_t len = encode(raw, n, encoded);
        int m = decode(encoded, back);
        if (m != (int)n || memcmp(raw, back, n) != 0)
            return 2;
        for (size_t i = 0; i < len; i++)
            sum = (sum << 1 | sum >> 31) + (uint8_t)encoded[i];
        encoded[len / 2] = '*';
        if (decode(encoded, back) != -1)
            return 3;
        len = percent_encode(raw + round, n - round, escaped);
        sum = sum * 9u + (uint32_t)len + (uint8_t)escaped[len / 3];
        raw[round * 11] ^= (uint8_t)sum;
    }
    return kernel_check(sum, 0x04acc925u);
}

KERNEL_MAIN
