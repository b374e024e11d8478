// SPDX-License-Identifier: Apache-2.0
// String search: naive, Knuth-Morris-Pratt, Boyer-Moore-Horspool and a word count over one text.
#include "kernel.h"

#define TEXT 8000

static char text[TEXT + 1];

static const char *const vocabulary[] = {"a",    "river", "ran", "under", "the",  "old",    "bridge", "and",
                                         "rain", "fell",  "on",  "there", "them", "theory", "other",  "bathe"};

static int length(const char *s) {
    int n = 0;
    while (s[n])
        n++;
    return n;
}

static int count_naive(const char *s, const char *pattern) {
    int found = 0;
    for (; *s; s++) {
        const char *a = s, *b = pattern;
        while (*b && *a == *b) {
            a++;
            b++;
        }
        if (!*b)
            found++;
    }
    return found;
}

static int count_kmp(const char *s, const char *pattern) {
    int m = length(pattern), found = 0;
    int8_t fail[32];
    fail[0] = -1;
    for (int i = 0, k = -1; i < m;) {
        while (k >= 0 && pattern[i] != pattern[k])
            k = fail[k];
        i++;
        k++;
        fail[i] = (int8_t)k;
    }
    for (int k = 0; *s; s++) {
        while (k >= 0 && (k == m || pattern[k] != *s))
            k = fail[k];
        k++;
        if (k == m)
            found++;
    }
    return found;
}

static int count_horspool(const char *s, int n, const char *pattern) {
    int m = length(pattern), found = 0;
    uint8_t skip[256];
    for (int i = 0; i < 256; i++)
        skip[i] = (uint8_t)m;
    for (int i = 0; i < m - 1; i++)
        skip[(uint8_t)pattern[i]] = (uint8_t)(m - 1 - i);
    for (int at = 0; at + m <= n;) {
        int i = m - 1;
        while (i >= 0 && s[at + i] == pattern[i])
            i--;
        if (i < 0)
            found++;
        at += skip[(uint8_t)s[at + m - 1]];
    }
    return found;
}

static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static int count_words(const char *s, const char *word) {
    int found = 0;
    while (*s) {
        while (*s && (lower(*s) < 'a' || lower(*s) > 'z'))
            s++;
        const char *w = word;
        int same = 1;
        while (lower(*s) >= 'a' && lower(*s) <= 'z') {
            if (*w == lower(*s))
                w++;
            else
                same = 0;
            s++;
        }
        if (same && !*w && w != word)
            found++;
    }
    return found;
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(4u);
    int n = 0;
    while (n < TEXT - 10) {
        uint32_t r = kernel_random(&seed);
        const char *w = vocabulary[r >> 28];
        for (int first = 1; *w; first = 0) {
            char c = *w++;
            text[n++] = first && (r & 15) == 0 ? (char)(c - 32) : c;
        }
        text[n++] = (r & 0xf0) == 0 ? '.' : ' ';
    }
    text[n] = '\0';
    static const char *const patterns[] = {"the", "bridge and", "there the", "nn", "rain fell on", "other theory"};
    uint32_t sum = (uint32_t)n;
    for (int i = 0; i < 6; i++) {
        int a = count_naive(text, patterns[i]);
        int b = count_kmp(text, patterns[i]);
        int c = count_horspool(text, n, patterns[i]);
        if (a != b || a < c)
            return 2 + i;
        sum = sum * 101u + (uint32_t)a * 3u + (uint32_t)c;
    }
    for (int i = 0; i < 8; i++)
        sum = sum * 103u + (uint32_t)count_words(text, vocabulary[i * 2]);
    return kernel_check(sum, 0x8754b2b4u);
}

KERNEL_MAIN
