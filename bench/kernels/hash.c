// SPDX-License-Identifier: Apache-2.0
// Hashing: MurmurHash3 and FNV-1a over short keys, and an open-addressing table with deletion.
#include "kernel.h"

#include <string.h>

#define SLOTS 2048u
#define KEY_BYTES 12

struct slot {
    uint32_t hash; // 0: never used, 1: deleted
    uint32_t value;
    char key[KEY_BYTES];
};

static struct slot table[SLOTS];

static uint32_t rotl(uint32_t x, int n) {
    return (x << n) | (x >> (32 - n));
}

static uint32_t murmur3(const uint8_t *data, size_t len, uint32_t h) {
    const uint32_t c1 = 0xcc9e2d51u, c2 = 0x1b873593u;
    size_t i = 0;
    for (; i + 4 <= len; i += 4) {
        uint32_t k = data[i] | (uint32_t)data[i + 1] << 8 | (uint32_t)data[i + 2] << 16 | (uint32_t)data[i + 3] << 24;
        h ^= rotl(k * c1, 15) * c2;
        h = rotl(h, 13) * 5 + 0xe6546b64u;
    }
    uint32_t tail = 0;
    for (size_t n = len - i; n > 0; n--)
        tail = tail << 8 | data[i + n - 1];
    h ^= rotl(tail * c1, 15) * c2;
    h ^= (uint32_t)len;
    h ^= h >> 16;
    h *= 0x85ebca6bu;
    h ^= h >> 13;
    h *= 0xc2b2ae35u;
    return h ^ (h >> 16);
}

static uint32_t fnv1a(const char *s) {
    uint32_t h = 2166136261u;
    while (*s)
        h = (h ^ (uint8_t)*s++) * 16777619u;
    return h;
}

static struct slot *lookup(const char *key, size_t len, int insert) {
    uint32_t hash = murmur3((const uint8_t *)key, len, 42) | 2u;
    struct slot *reuse = NULL;
    for (uint32_t i = hash % SLOTS, step = 1;; i = (i + step++) % SLOTS) {
        struct slot *s = &table[i];
        if (s->hash == hash && strcmp(s->key, key) == 0)
            return s;
        if (s->hash == 1 && !reuse)
            reuse = s;
        if (s->hash == 0) {
            if (!insert)
                return NULL;
            if (reuse)
                s = reuse;
            s->hash = hash;
            s->value = 0;
            memcpy(s->key, key, len + 1);
            return s;
        }
    }
}

static size_t make_key(char *out, uint32_t n) {
    static const char syllables[] = "kaletomiruposane";
    size_t len = 0;
    do {
        out[len++] = syllables[(n & 7) * 2];
        out[len++] = syllables[(n & 7) * 2 + 1];
        n >>= 3;
    } while (n && len + 2 < KEY_BYTES);
    out[len] = '\0';
    return len;
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(7u);
    uint32_t sum = 0;
    char key[KEY_BYTES];
    memset(table, 0, sizeof table);
    for (int i = 0; i < 6000; i++) {
        uint32_t n = kernel_random(&seed) % 1500u;
        size_t len = make_key(key, n);
        if (i % 5 == 4) {
            struct slot *s = lookup(key, len, 0);
            if (s) {
                sum += s->value;
                s->hash = 1;
                s->key[0] = '\0';
            }
        } else {
            struct slot *s = lookup(key, len, 1);
            s->value += n + 1;
        }
        sum = rotl(sum, 5) ^ fnv1a(key);
    }
    for (uint32_t i = 0; i < SLOTS; i++)
        if (table[i].hash > 1)
            sum += table[i].value * (i + 1);
    return kernel_check(sum, 0x75389e8eu);
}

KERNEL_MAIN
