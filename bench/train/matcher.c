// SPDX-License-Identifier: Apache-2.0
// Matchers: shell patterns, a backtracking regular expression, and an integer-range list parser.
#include "train.h"

static bool glob(const char *p, const char *s) {
    const char *star = NULL, *resume = NULL;
    while (*s) {
        if (*p == '*') {
            star = ++p;
            resume = s;
            continue;
        }
        bool ok;
        const char *after = p + 1;
        if (*p == '?') {
            ok = true;
        } else if (*p == '[') {
            bool negate = p[1] == '!', hit = false;
            after = p + 1 + negate;
            for (; *after && *after != ']'; ++after)
                if (after[1] == '-' && after[2] && after[2] != ']') {
                    hit |= *s >= *after && *s <= after[2];
                    after += 2;
                } else {
                    hit |= *s == *after;
                }
            after += *after == ']';
            ok = hit != negate;
        } else {
            ok = *p && *p == *s;
        }
        if (ok) {
            p = after;
            ++s;
        } else if (star) {
            p = star;
            s = ++resume;
        } else {
            return false;
        }
    }
    while (*p == '*')
        ++p;
    return !*p;
}

static int match_here(const char *re, const char *s, int length);

static bool one(char c, char re) {
    return c && (re == '.' || re == c || (re == '#' && c >= '0' && c <= '9') || (re == '@' && (c | 32) >= 'a' && (c | 32) <= 'z'));
}

static int match_many(char c, char kind, const char *rest, const char *s, int length) {
    int most = 0;
    while (one(s[most], c) && !(kind == '?' && most == 1))
        ++most;
    for (; most >= (kind == '+'); --most) {
        int m = match_here(rest, s + most, length + most);
        if (m >= 0)
            return m;
    }
    return -1;
}

static int match_here(const char *re, const char *s, int length) {
    if (!*re)
        return length;
    if (re[1] == '*' || re[1] == '+' || re[1] == '?')
        return match_many(re[0], re[1], re + 2, s, length);
    if (*re == '$' && !re[1])
        return *s ? -1 : length;
    return one(*s, *re) ? match_here(re + 1, s + 1, length + 1) : -1;
}

static int search(const char *re, const char *s, int *at) {
    if (*re == '^') {
        *at = 0;
        return match_here(re + 1, s, 0);
    }
    for (*at = 0;; ++*at) {
        int n = match_here(re, s + *at, 0);
        if (n >= 0)
            return n;
        if (!s[*at])
            return -1;
    }
}

static int ranges(const char *s, uint64_t *mask) {
    int n = 0;
    *mask = 0;
    while (*s) {
        unsigned lo = 0, hi;
        if (*s < '0' || *s > '9')
            return -1;
        while (*s >= '0' && *s <= '9')
            lo = lo * 10 + (unsigned)(*s++ - '0');
        hi = lo;
        if (*s == '-') {
            hi = 0;
            for (++s; *s >= '0' && *s <= '9'; ++s)
                hi = hi * 10 + (unsigned)(*s - '0');
        }
        if (lo > hi || hi > 63)
            return -2;
        for (; lo <= hi; ++lo, ++n)
            *mask |= 1ull << lo;
        if (*s == ',')
            ++s;
    }
    return n;
}

static const char *const names[] = {"/dev/ttyUSB0", "firmware-1.2.33.bin", "log_2026-11-22.txt", "aaaaaaaaaaaaab",
                                    "temperature=21.5C", "", "x", "readme.md", "192.168.4.17"};
static const char *const globs[] = {"*", "*.bin", "/dev/tty[A-Z]*[0-9]", "firmware-?.?.*", "*a*a*a*b", "[!a-z]*", "*2*2*"};
static const char *const expressions[] = {"##*[.]?", "^a*ab$", "@+=#+.#C", "#+.#+.#+", "t+y?U", "m.$", "^$", ".*-.*-.*x"};
static const char *const lists[] = {"1,2,3", "0-63", "5-9,20-30,62", "7-3", "x", "1-2,64"};

int main(void) {
    volatile int rounds = 25;
    uint32_t digest = 0;
    for (int round = 0; round < rounds; ++round) {
        for (unsigned n = 0; n < sizeof names / sizeof *names; ++n) {
            for (unsigned g = 0; g < sizeof globs / sizeof *globs; ++g)
                digest = digest * 2 + digest / 7 + glob(globs[g], names[n]);
            for (unsigned e = 0; e < sizeof expressions / sizeof *expressions; ++e) {
                int at, m = search(expressions[e], names[n], &at);
                digest = digest * 5 + (uint32_t)(m * 100) + (m >= 0 ? (uint32_t)at : 0);
            }
        }
        for (unsigned l = 0; l < sizeof lists / sizeof *lists; ++l) {
            uint64_t mask;
            int n = ranges(lists[l], &mask);
            digest = digest * 3 + (uint32_t)n + (n > 0 ? (uint32_t)(mask ^ mask >> 32) : 0);
        }
    }
    return TRAIN_EXPECT(digest, 0x4a87d327u);
}
