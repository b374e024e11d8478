// SPDX-License-Identifier: Apache-2.0
// A small formatter with varargs: integers of both widths, hexadecimal, strings, padding; and its inverse.
#include "train.h"

#include <stdarg.h>

struct Out {
    char *at, *end;
};

static void emit(struct Out *o, char c) {
    if (o->at < o->end)
        *o->at++ = c;
}

static void pad(struct Out *o, int n, char with) {
    while (n-- > 0)
        emit(o, with);
}

static void number(struct Out *o, uint64_t v, unsigned base, bool negative, int width, bool zero, bool left) {
    char digits[24];
    int n = 0;
    do {
        unsigned d = (unsigned)(v % base);
        digits[n++] = (char)(d < 10 ? '0' + d : 'a' + d - 10);
        v /= base;
    } while (v);
    int spare = width - n - negative;
    if (!zero && !left)
        pad(o, spare, ' ');
    if (negative)
        emit(o, '-');
    if (zero && !left)
        pad(o, spare, '0');
    while (n)
        emit(o, digits[--n]);
    if (left)
        pad(o, spare, ' ');
}

static int format(char *buffer, size_t room, const char *f, ...) {
    struct Out o = {buffer, buffer + room - 1};
    va_list args;
    va_start(args, f);
    for (; *f; ++f) {
        if (*f != '%') {
            emit(&o, *f);
            continue;
        }
        bool left = false, zero = false;
        for (++f; *f == '-' || *f == '0'; ++f)
            if (*f == '-')
                left = true;
            else
                zero = true;
        int width = 0;
        if (*f == '*') {
            width = va_arg(args, int);
            ++f;
        } else {
            for (; *f >= '0' && *f <= '9'; ++f)
                width = width * 10 + *f - '0';
        }
        int longs = 0;
        while (*f == 'l') {
            ++longs;
            ++f;
        }
        switch (*f) {
        case 'd': {
            int64_t v = longs == 2 ? va_arg(args, long long) : va_arg(args, int);
            number(&o, v < 0 ? 0u - (uint64_t)v : (uint64_t)v, 10, v < 0, width, zero, left);
            break;
        }
        case 'u':
        case 'x': {
            uint64_t v = longs == 2 ? va_arg(args, unsigned long long) : va_arg(args, unsigned);
            number(&o, v, *f == 'x' ? 16 : 10, false, width, zero, left);
            break;
        }
        case 's': {
            const char *s = va_arg(args, const char *);
            int n = 0;
            while (s[n])
                ++n;
            if (!left)
                pad(&o, width - n, ' ');
            for (; *s; ++s)
                emit(&o, *s);
            if (left)
                pad(&o, width - n, ' ');
            break;
        }
        case 'c':
            emit(&o, (char)va_arg(args, int));
            break;
        default:
            emit(&o, *f);
        }
    }
    va_end(args);
    *o.at = 0;
    return (int)(o.at - buffer);
}

static int64_t scan(const char **s) {
    uint64_t v = 0;
    bool minus = false;
    while (**s && (**s < '0' || **s > '9')) {
        minus = **s == '-';
        ++*s;
    }
    while (**s >= '0' && **s <= '9')
        v = v * 10 + (uint64_t)(*(*s)++ - '0');
    return (int64_t)(minus ? 0u - v : v);
}

int main(void) {
    volatile int rounds = 120;
    char text[96];
    uint32_t digest = 0;
    for (int i = 0; i < rounds; ++i) {
        int32_t a = i * 9973 - 500000;
        int64_t b = (int64_t)a * 1000003 * i;
        int n = format(text, sizeof text, "%d|%12lld|%-6d|%s", a, b, i, i & 1 ? "odd" : "even");
        for (int k = 0; k < n; ++k)
            digest = digest * 3 + (uint8_t)text[k];
        const char *p = text;
        if (scan(&p) != a || scan(&p) != b || scan(&p) != i)
            return 2;
        format(text, sizeof text, "%08x:%*u%c%5s%-5s%%%016llx", (unsigned)a, 7, (unsigned)i * 77u, 'q', "ab", "cd",
               (unsigned long long)b);
        for (const char *c = text; *c; ++c)
            digest = (digest << 5 | digest >> 27) + (uint8_t)*c;
        n = format(text, 9, "cut off %s", "here");
        digest += (uint32_t)n;
    }
    return TRAIN_EXPECT(digest, 0x70290228u);
}
