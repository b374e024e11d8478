// SPDX-License-Identifier: Apache-2.0
// COBS and SLIP framing, there and back, over packets of many lengths.
#include "train.h"

static uint8_t packet[400], stuffed[420], opened[420], slipped[820];

static unsigned cobs_stuff(const uint8_t *src, unsigned n, uint8_t *dst) {
    uint8_t *start = dst, *code = dst++;
    uint8_t run = 1;
    const uint8_t *end = src + n;
    while (src < end) {
        if (*src) {
            *dst++ = *src;
            ++run;
        }
        if (*src++ == 0 || run == 0xff) {
            *code = run;
            run = 1;
            code = dst;
            if (src[-1] == 0 || src < end)
                ++dst;
        }
    }
    if (code < dst)
        *code = run;
    return (unsigned)(dst - start);
}

static unsigned cobs_open(const uint8_t *src, unsigned n, uint8_t *dst) {
    const uint8_t *end = src + n;
    uint8_t *start = dst;
    while (src < end) {
        uint8_t run = *src++;
        for (uint8_t i = 1; i < run && src < end; ++i)
            *dst++ = *src++;
        if (run != 0xff && src < end)
            *dst++ = 0;
    }
    return (unsigned)(dst - start);
}

enum { END = 0300, ESC = 0333, ESC_END = 0334, ESC_ESC = 0335 };

static unsigned slip_write(const uint8_t *src, unsigned n, uint8_t *dst) {
    uint8_t *p = dst;
    *p++ = END;
    while (n--) {
        uint8_t c = *src++;
        if (c == END) {
            *p++ = ESC;
            *p++ = ESC_END;
        } else if (c == ESC) {
            *p++ = ESC;
            *p++ = ESC_ESC;
        } else {
            *p++ = c;
        }
    }
    *p++ = END;
    return (unsigned)(p - dst);
}

static int slip_read(const uint8_t *src, unsigned n, uint8_t *dst) {
    bool escape = false;
    int out = 0;
    for (unsigned i = 0; i < n; ++i) {
        uint8_t c = src[i];
        if (c == END) {
            if (out)
                return out;
            continue;
        }
        if (c == ESC) {
            escape = true;
            continue;
        }
        if (escape) {
            if (c != ESC_END && c != ESC_ESC)
                return -1;
            c = c == ESC_END ? END : ESC;
            escape = false;
        }
        dst[out++] = c;
    }
    return -1;
}

int main(void) {
    volatile uint32_t start = 31;
    uint32_t x = start, digest = 0;
    for (unsigned n = 1; n < 400; n += 9) {
        for (unsigned i = 0; i < n; ++i) {
            x = x * 22695477u + 1u;
            uint8_t c = (uint8_t)(x >> 20);
            packet[i] = n % 4 == 0 ? (c | 1) : (c & 0x30) == 0 ? 0 : (c & 0xc) == 0 ? ESC : (c & 3) == 0 ? END : c;
        }
        unsigned m = cobs_stuff(packet, n, stuffed);
        for (unsigned i = 0; i < m; ++i) {
            if (!stuffed[i])
                return 2;
            digest = digest * 3 + stuffed[i];
        }
        unsigned back = cobs_open(stuffed, m, opened);
        if (back != n)
            return 3;
        for (unsigned i = 0; i < n; ++i)
            if (opened[i] != packet[i])
                return 4;
        m = slip_write(packet, n, slipped);
        digest += m;
        if (slip_read(slipped, m, opened) != (int)n)
            return 5;
        for (unsigned i = 0; i < n; ++i)
            if (opened[i] != packet[i])
                return 6;
    }
    return TRAIN_EXPECT(digest, 0x0b216802u);
}
