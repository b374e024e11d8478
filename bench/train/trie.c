// SPDX-License-Identifier: Apache-2.0
// A trie of command words with prefix completion.
#include "train.h"

typedef struct Trie {
    int16_t child[26];
    uint16_t uses;
    bool word;
} Trie;

static Trie store[700];
static int stored = 1;

static const char *const commands[] = {"set",    "setup",  "settle", "get",   "getall", "go",     "gone",  "reset",
                                       "reboot", "repeat", "read",   "ready", "write",  "writer", "status", "start",
                                       "stop",   "stack",  "step",   "help",  "hello",  "list",   "listen", "load"};
static const char *volatile probe = "st";

static int insert(const char *w) {
    int at = 0;
    for (; *w != '\0'; ++w) {
        int16_t *c = &store[at].child[*w - 'a'];
        if (*c == 0) {
            if (stored == 700)
                return -1;
            *c = (int16_t)stored++;
        }
        at = *c;
        ++store[at].uses;
    }
    store[at].word = true;
    return at;
}

static int walk(const char *w) {
    int at = 0;
    while (*w) {
        at = store[at].child[*w++ - 'a'];
        if (!at)
            return 0;
    }
    return at;
}

static unsigned collect(int at, char *buffer, unsigned depth, uint32_t *digest) {
    unsigned n = 0;
    if (store[at].word) {
        for (unsigned i = 0; i < depth; ++i)
            *digest = (*digest ^ (uint8_t)buffer[i]) * 0x01000193u;
        ++n;
    }
    for (int c = 0; c < 26; ++c) {
        int next = store[at].child[c];
        if (next) {
            buffer[depth] = (char)('a' + c);
            n += collect(next, buffer, depth + 1, digest);
        }
    }
    return n;
}

int main(void) {
    char word[16];
    uint32_t digest = 0;
    for (unsigned i = 0; i < sizeof commands / sizeof *commands; ++i)
        if (insert(commands[i]) < 0)
            return 2;
    uint32_t x = 77;
    for (int i = 0; i < 150; ++i) { // made-up words
        int n = 3 + i % 5;
        for (int k = 0; k < n; ++k) {
            x = x * 69069u + 1u;
            word[k] = (char)('a' + (x >> 24) % 6 * 3);
        }
        word[n] = 0;
        insert(word);
    }
    for (int round = 0; round < 40; ++round) {
        char buffer[16] = "st";
        digest += collect(walk(probe), buffer, 2, &digest);
        for (unsigned i = 0; i < sizeof commands / sizeof *commands; ++i) {
            int at = walk(commands[i]);
            digest = digest * 3 + store[at].uses;
            digest += walk("zebra") != 0;
        }
        digest += collect(0, buffer, 0, &digest);
    }
    return TRAIN_EXPECT(digest, 0xb37d1b40u);
}
