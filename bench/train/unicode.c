// SPDX-License-Identifier: Apache-2.0
// Text encodings: UTF-8 decoding with strict checks, UTF-16, case folding, display width, line wrapping.
#include "train.h"

static const uint8_t sample[] = "Stra\xc3\x9f" "e, \xce\xb1\xce\xb2\xce\xb3 and \xe2\x82\xac 12 \xf0\x9f\x98\x80 na\xc3\xafve "
                                "\xe6\xbc\xa2\xe5\xad\x97 bad:\xc0\xaf \xed\xa0\x80 \xff tail \xe2\x82";

static uint16_t units[256];
static uint8_t again[512];

static int32_t decode(const uint8_t **p, const uint8_t *end) {
    uint32_t c = *(*p)++;
    if (c < 0x80)
        return (int32_t)c;
    int more;
    uint32_t least;
    if ((c & 0xe0) == 0xc0) {
        more = 1;
        c &= 0x1f;
        least = 0x80;
    } else if ((c & 0xf0) == 0xe0) {
        more = 2;
        c &= 0xf;
        least = 0x800;
    } else if ((c & 0xf8) == 0xf0) {
        more = 3;
        c &= 7;
        least = 0x10000;
    } else {
        return -1;
    }
    for (; more; --more) {
        if (*p == end || (**p & 0xc0) != 0x80)
            return -1;
        c = c << 6 | (*(*p)++ & 0x3fu);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return -1;
    return (int32_t)c;
}

static uint8_t *encode(uint8_t *p, uint32_t c) {
    if (c < 0x80) {
        *p++ = (uint8_t)c;
    } else if (c < 0x800) {
        *p++ = (uint8_t)(0xc0 | c >> 6);
        *p++ = (uint8_t)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        *p++ = (uint8_t)(0xe0 | c >> 12);
        *p++ = (uint8_t)(0x80 | (c >> 6 & 63));
        *p++ = (uint8_t)(0x80 | (c & 63));
    } else {
        *p++ = (uint8_t)(0xf0 | c >> 18);
        *p++ = (uint8_t)(0x80 | (c >> 12 & 63));
        *p++ = (uint8_t)(0x80 | (c >> 6 & 63));
        *p++ = (uint8_t)(0x80 | (c & 63));
    }
    return p;
}

static uint32_t fold(uint32_t c) {
    if (c >= 'A' && c <= 'Z')
        return c | 0x20;
    if (c >= 0xc0 && c <= 0xde && c != 0xd7)
        return c + 0x20;
    if (c >= 0x391 && c <= 0x3a9)
        return c + 0x20;
    return c;
}

static int columns(uint32_t c) {
    static const struct {
        uint32_t from, to;
    } wide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0x33ff}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff},
                {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xff00, 0xff60}, {0x1f300, 0x1f64f}, {0x20000, 0x3fffd}};
    int lo = 0, hi = sizeof wide / sizeof *wide - 1;
    if (c < 0x20)
        return 0;
    while (lo <= hi) {
        int mid = (lo + hi) / 2;
        if (c > wide[mid].to)
            lo = mid + 1;
        else if (c < wide[mid].from)
            hi = mid - 1;
        else
            return 2;
    }
    return 1;
}

int main(void) {
    volatile int rounds = 100;
    uint32_t digest = 0;
    for (int round = 0; round < rounds; ++round) {
        const uint8_t *p = sample, *end = sample + sizeof sample - 1;
        uint8_t *o = again;
        int n = 0, bad = 0, column = 0, last_space = 0, lines = 0, limit = 12 + round % 9;
        while (p < end) {
            int32_t c = decode(&p, end);
            if (c < 0) {
                ++bad;
                c = 0xfffd;
            }
            uint32_t u = fold((uint32_t)c);
            o = encode(o, u);
            if (u >= 0x10000) {
                units[n++] = (uint16_t)(0xd7c0 + (u >> 10));
                units[n++] = (uint16_t)(0xdc00 | (u & 0x3ff));
            } else {
                units[n++] = (uint16_t)u;
            }
            column += columns(u);
            if (u == ' ')
                last_space = column;
            if (column > limit) {
                ++lines;
                column = last_space ? column - last_space : 0;
                last_space = 0;
            }
        }
        const uint8_t *q = again;
        int count = 0;
        for (; q < o; ++count)
            if (decode(&q, o) < 0)
                return 2;
        for (int i = 0; i < n; ++i)
            digest = digest * 31 + units[i];
        digest += (uint32_t)(bad * 1000 + lines * 10 + count);
    }
    return TRAIN_EXPECT(digest, 0x0b4bffc0u);
}
