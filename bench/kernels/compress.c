// SPDX-License-Identifier: Apache-2.0
// Compression: LZ77 with hash chains, then canonical Huffman coding; both undone and compared.
#include "kernel.h"

#include <string.h>

#define SIZE 4096
#define HASH_BITS 9
#define MIN_MATCH 3
#define MAX_MATCH 66
#define WINDOW 1024

static uint8_t text[SIZE], packed[SIZE * 2], coded[SIZE * 2], unpacked[SIZE * 2], restored[SIZE];
static uint16_t head[1 << HASH_BITS], chain[SIZE];

static void make_text(uint32_t seed) {
    static const char *const words[] = {"the ", "sensor ", "value ", "is ", "out of range", ", ", "and ", "temperature ",
                                        "reads ", "17", "23", " degrees", ".\n", "warning: ", "retry ", "after "};
    size_t at = 0;
    while (at < SIZE) {
        const char *w = words[(kernel_random(&seed) >> 7) & 15];
        while (*w && at < SIZE)
            text[at++] = (uint8_t)*w++;
    }
}

static unsigned hash3(const uint8_t *p) {
    uint32_t x = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
    return (x * 0x9e3779b1u) >> (32 - HASH_BITS);
}

// Tokens: 0nnnnnnn = n+1 literals follow; 1lllllld dddddddd d = distance high bits as below
static size_t lz_pack(const uint8_t *in, size_t n, uint8_t *out) {
    size_t o = 0, literal_start = 0, i = 0;
    memset(head, 0, sizeof head);
    while (i < n) {
        size_t best = 0, best_at = 0;
        if (i + MIN_MATCH <= n) {
            unsigned h = hash3(in + i);
            unsigned candidate = head[h];
            int tries = 16;
            size_t limit = n - i < MAX_MATCH ? n - i : MAX_MATCH;
            while (candidate && tries-- > 0) {
                size_t from = candidate - 1;
                if (i - from > WINDOW)
                    break;
                size_t len = 0;
                while (len < limit && in[from + len] == in[i + len])
                    len++;
                if (len > best) {
                    best = len;
                    best_at = from;
                }
                candidate = chain[from];
            }
        }
        size_t advance = best >= MIN_MATCH ? best : 1;
        if (best >= MIN_MATCH || i - literal_start == 128) {
            if (i > literal_start) {
                out[o++] = (uint8_t)(i - literal_start - 1);
                memcpy(out + o, in + literal_start, i - literal_start);
                o += i - literal_start;
            }
            if (best >= MIN_MATCH) {
                size_t distance = i - best_at - 1;
                out[o++] = (uint8_t)(0x80 | (best - MIN_MATCH));
                out[o++] = (uint8_t)distance;
                out[o++] = (uint8_t)(distance >> 8);
            } else {
                advance = 0;
            }
            literal_start = i + advance;
        }
        for (size_t k = 0; k < advance; k++, i++)
            if (i + MIN_MATCH <= n) {
                unsigned h = hash3(in + i);
                chain[i] = head[h];
                head[h] = (uint16_t)(i + 1);
            }
    }
    if (n > literal_start) {
        out[o++] = (uint8_t)(n - literal_start - 1);
        memcpy(out + o, in + literal_start, n - literal_start);
        o += n - literal_start;
    }
    return o;
}

static size_t lz_unpack(const uint8_t *in, size_t n, uint8_t *out) {
    size_t o = 0;
    for (size_t i = 0; i < n;) {
        uint8_t token = in[i++];
        if (token & 0x80) {
            size_t len = (size_t)(token & 0x7f) + MIN_MATCH;
            size_t distance = (in[i] | (size_t)in[i + 1] << 8) + 1;
            i += 2;
            while (len--) {
                out[o] = out[o - distance];
                o++;
            }
        } else {
            size_t len = (size_t)token + 1;
            memcpy(out + o, in + i, len);
            o += len;
            i += len;
        }
    }
    return o;
}

static uint8_t code_length[256];
static uint16_t code_word[256];
static uint16_t count_by_length[17], first_code[17], first_index[17];
static uint8_t sorted[256];

static int build_lengths(const uint8_t *in, size_t n) {
    static uint32_t weight[512];
    static uint16_t parent[512];
    memset(weight, 0, sizeof weight);
    for (size_t i = 0; i < n; i++)
        weight[in[i]]++;
    int nodes = 256;
    for (;;) {
        int low = -1, second = -1;
        for (int i = 0; i < nodes; i++) {
            if (!weight[i])
                continue;
            if (low < 0 || weight[i] < weight[low]) {
                second = low;
                low = i;
            } else if (second < 0 || weight[i] < weight[second]) {
                second = i;
            }
        }
        if (second < 0) {
            parent[low] = 0;
            break;
        }
        weight[nodes] = weight[low] + weight[second];
        weight[low] = weight[second] = 0;
        parent[low] = parent[second] = (uint16_t)nodes;
        nodes++;
    }
    memset(code_length, 0, sizeof code_length);
    for (size_t i = 0; i < n; i++) {
        int s = in[i];
        if (code_length[s])
            continue;
        int depth = 0;
        for (int p = s; parent[p]; p = parent[p])
            depth++;
        if (depth > 16 || depth == 0)
            return 0;
        code_length[s] = (uint8_t)depth;
    }
    return 1;
}

static void assign_codes(void) {
    memset(count_by_length, 0, sizeof count_by_length);
    for (int s = 0; s < 256; s++)
        count_by_length[code_length[s]]++;
    count_by_length[0] = 0;
    unsigned code = 0, index = 0;
    for (int len = 1; len <= 16; len++) {
        code = (code + count_by_length[len - 1]) << 1;
        first_code[len] = (uint16_t)code;
        first_index[len] = (uint16_t)index;
        unsigned next = code;
        for (int s = 0; s < 256; s++)
            if (code_length[s] == len) {
                code_word[s] = (uint16_t)next++;
                sorted[index++] = (uint8_t)s;
            }
    }
}

static size_t huffman_pack(const uint8_t *in, size_t n, uint8_t *out) {
    uint32_t bits = 0;
    int have = 0;
    size_t o = 0;
    for (size_t i = 0; i < n; i++) {
        bits = bits << code_length[in[i]] | code_word[in[i]];
        have += code_length[in[i]];
        while (have >= 8) {
            have -= 8;
            out[o++] = (uint8_t)(bits >> have);
        }
    }
    if (have)
        out[o++] = (uint8_t)(bits << (8 - have));
    return o;
}

static void huffman_unpack(const uint8_t *in, uint8_t *out, size_t n) {
    size_t bit = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned code = 0;
        for (int len = 1; len <= 16; len++) {
            code = code << 1 | (in[bit >> 3] >> (7 - (bit & 7)) & 1u);
            bit++;
            if (code - first_code[len] < count_by_length[len] && code >= first_code[len]) {
                out[i] = sorted[first_index[len] + code - first_code[len]];
                break;
            }
        }
    }
}

int kernel_run(void) {
    uint32_t sum = 0;
    for (uint32_t round = 0; round < 2; round++) {
        make_text(kernel_opaque(1234u + round));
        size_t n = lz_pack(text, SIZE, packed);
        if (!build_lengths(packed, n))
            return 2;
        assign_codes();
        size_t m = huffman_pack(packed, n, coded);
        huffman_unpack(coded, unpacked, n);
        if (memcmp(unpacked, packed, n) != 0)
            return 3;
        if (lz_unpack(unpacked, n, restored) != SIZE || memcmp(restored, text, SIZE) != 0)
            return 4;
        for (size_t i = 0; i < m; i++)
            sum = sum * 31u + coded[i];
        sum += (uint32_t)(n << 16 | m);
    }
    return kernel_check(sum, 0xb43b5208u);
}

KERNEL_MAIN
