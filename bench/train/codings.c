// SPDX-License-Identifier: Apache-2.0
// Codings of identifiers: Base32, hexadecimal dumps, run-length packing, variable-length integers, zigzag, Morse.
#include "train.h"

static uint8_t data[600], back[700], packed[1400];
static char text[4000];

static int base32(const uint8_t *p, int n, char *out) {
    uint32_t buffer = 0;
    int bits = 0, o = 0;
    for (int i = 0; i < n; ++i) {
        buffer = (buffer << 8 | p[i]) & 0xfffff;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out[o++] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[buffer >> bits & 31];
        }
    }
    if (bits)
        out[o++] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[buffer << (5 - bits) & 31];
    while (o % 8)
        out[o++] = '=';
    out[o] = 0;
    return o;
}

static int unbase32(const char *s, uint8_t *out) {
    uint32_t buffer = 0;
    int bits = 0, o = 0;
    for (; *s && *s != '='; ++s) {
        int v = *s >= 'A' && *s <= 'Z' ? *s - 'A' : *s >= '2' && *s <= '7' ? *s - '2' + 26 : -1;
        if (v < 0)
            return -1;
        buffer = (buffer << 5 | (uint32_t)v) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[o++] = (uint8_t)(buffer >> bits);
        }
    }
    return o;
}

static int dump(const uint8_t *p, int n, char *out) {
    static const char digits[] = "0123456789abcdef";
    char *o = out;
    for (int line = 0; line < n; line += 16) {
        for (int s = 12; s >= 0; s -= 4)
            *o++ = digits[line >> s & 15];
        *o++ = ':';
        for (int i = line; i < line + 16 && i < n; ++i) {
            *o++ = ' ';
            *o++ = digits[p[i] >> 4];
            *o++ = digits[p[i] & 15];
        }
        *o++ = ' ';
        for (int i = line; i < line + 16 && i < n; ++i)
            *o++ = p[i] >= 32 && p[i] < 127 ? (char)p[i] : '.';
        *o++ = '\n';
    }
    return (int)(o - out);
}

static int runs(const uint8_t *p, int n, uint8_t *out) {
    int o = 0;
    for (int i = 0; i < n;) {
        int same = 1;
        while (i + same < n && same < 130 && p[i + same] == p[i])
            ++same;
        if (same > 2) {
            out[o++] = (uint8_t)(same + 125);
            out[o++] = p[i];
            i += same;
            continue;
        }
        int start = i, keep = o++;
        while (i < n && i - start < 127 && !(i + 2 < n && p[i] == p[i + 1] && p[i] == p[i + 2]))
            out[o++] = p[i++];
        out[keep] = (uint8_t)(i - start);
    }
    return o;
}

static int unruns(const uint8_t *p, int n, uint8_t *out) {
    int o = 0;
    for (int i = 0; i < n;) {
        int c = p[i++];
        if (c >= 128) {
            for (c -= 125; c; --c)
                out[o++] = p[i];
            ++i;
        } else {
            while (c--)
                out[o++] = p[i++];
        }
    }
    return o;
}

static uint8_t *put_varint(uint8_t *p, int64_t v) {
    uint64_t z = (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
    for (; z > 127; z >>= 7)
        *p++ = (uint8_t)(z | 128);
    *p++ = (uint8_t)z;
    return p;
}

static const uint8_t *get_varint(const uint8_t *p, int64_t *v) {
    uint64_t z = 0;
    int shift = 0;
    do
        z |= (uint64_t)(*p & 127) << shift, shift += 7;
    while (*p++ & 128);
    *v = (int64_t)(z >> 1 ^ (0u - (z & 1)));
    return p;
}

int main(void) {
    volatile uint32_t start = 99;
    uint32_t x = start, digest = 0;
    for (int round = 0; round < 8; ++round) {
        int n = 500 + round * 9;
        for (int i = 0; i < n;) {
            x = x * 1664525u + 1013904223u;
            for (int k = (int)(x >> 29); k >= 0 && i < n; --k)
                data[i++] = (uint8_t)(x >> 12);
        }
        int m = base32(data, n, text);
        for (int i = 0; i < m; ++i)
            digest = digest * 3 + (uint8_t)text[i];
        if (unbase32(text, back) != n)
            return 2;
        for (int i = 0; i < n; ++i)
            if (back[i] != data[i])
                return 3;
        m = dump(data, n, text);
        for (int i = 0; i < m; i += 7)
            digest = digest * 5 + (uint8_t)text[i];
        m = runs(data, n, packed);
        digest += (uint32_t)m;
        if (unruns(packed, m, back) != n)
            return 4;
        for (int i = 0; i < n; ++i)
            if (back[i] != data[i])
                return 5;
        uint8_t *w = packed;
        int64_t v = round - 4;
        for (int i = 0; i < 60; ++i, v = v % 1000003 * -5000011 + i)
            w = put_varint(w, v % 1000000007);
        const uint8_t *r = packed;
        while (r < w) {
            r = get_varint(r, &v);
            digest = digest * 7 + (uint32_t)v;
        }
    }
    return TRAIN_EXPECT(digest, 0xc99c511au);
}
