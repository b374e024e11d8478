// SPDX-License-Identifier: Apache-2.0
// Parsing: a JSON reader (tokens, numbers, escapes, nesting) that fills a flat node table.
#include "kernel.h"

enum kind { OBJECT, ARRAY, STRING, NUMBER, TRUE_, FALSE_, NULL_ };

struct node {
    uint8_t kind;
    uint8_t depth;
    uint16_t length;
    int32_t value; // number in thousandths, or the hash of a string
};

struct reader {
    const char *at;
    struct node *nodes;
    unsigned used, room;
    int error;
};

static const char document[] =
    "{\"device\": {\"name\": \"esp-node\\u0041\", \"id\": 40417, \"rssi\": -67, \"fw\": \"1.12.3\"},\n"
    " \"sensors\": [\n"
    "  {\"type\": \"temp\", \"values\": [21.5, 21.75, 22.125, 19.001, -3.5e1], \"ok\": true},\n"
    "  {\"type\": \"hum\", \"values\": [45, 46.2, 47.9, 1e3, 0.5E+2], \"ok\": true},\n"
    "  {\"type\": \"lux\", \"values\": [], \"ok\": false, \"note\": \"line\\nbreak \\\"quoted\\\" \\\\ end\"}\n"
    " ],\n"
    " \"net\": {\"ip\": \"192.168.4.1\", \"mask\": 24, \"dns\": [\"1.1.1.1\", \"9.9.9.9\"], \"gw\": null},\n"
    " \"matrix\": [[1,2,3],[4,5,6],[7,8,[9,[10,[11]]]]],\n"
    " \"tail\": [true, false, null, \"\", {}, [], 0, -0.25, 123456.789]}";

static struct node nodes[160];

static void skip_space(struct reader *r) {
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
        r->at++;
}

static struct node *new_node(struct reader *r, enum kind kind, int depth) {
    if (r->used == r->room) {
        r->error = 1;
        return &r->nodes[0];
    }
    struct node *n = &r->nodes[r->used++];
    n->kind = (uint8_t)kind;
    n->depth = (uint8_t)depth;
    n->length = 0;
    n->value = 0;
    return n;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static uint32_t read_string(struct reader *r, uint16_t *length) {
    uint32_t hash = 5381;
    uint16_t n = 0;
    r->at++;
    while (*r->at != '"') {
        uint32_t c = (uint8_t)*r->at++;
        if (c == 0) {
            r->error = 2;
            r->at--;
            break;
        }
        if (c == '\\') {
            char e = *r->at++;
            switch (e) {
            case 'n':
                c = '\n';
                break;
            case 't':
                c = '\t';
                break;
            case 'u':
                c = 0;
                for (int i = 0; i < 4; i++) {
                    int d = hex_digit(*r->at);
                    if (d < 0) {
                        r->error = 3;
                        break;
                    }
                    c = c << 4 | (uint32_t)d;
                    r->at++;
                }
                break;
            case '"':
            case '\\':
            case '/':
                c = (uint8_t)e;
                break;
            default:
                r->error = 4;
            }
        }
        hash = hash * 33 + c;
        n++;
    }
    if (*r->at == '"')
        r->at++;
    *length = n;
    return hash;
}

static int32_t read_number(struct reader *r) {
    int negative = 0;
    int64_t value = 0;
    int scale = 3;
    if (*r->at == '-') {
        negative = 1;
        r->at++;
    }
    while (*r->at >= '0' && *r->at <= '9')
        value = value * 10 + (*r->at++ - '0');
    if (*r->at == '.') {
        r->at++;
        while (*r->at >= '0' && *r->at <= '9') {
            value = value * 10 + (*r->at++ - '0');
            scale--;
        }
    }
    if (*r->at == 'e' || *r->at == 'E') {
        int sign = 1, exponent = 0;
        r->at++;
        if (*r->at == '-' || *r->at == '+')
            sign = *r->at++ == '-' ? -1 : 1;
        while (*r->at >= '0' && *r->at <= '9')
            exponent = exponent * 10 + (*r->at++ - '0');
        scale += sign * exponent;
    }
    for (; scale > 0; scale--)
        value *= 10;
    for (; scale < 0; scale++)
        value /= 10;
    return (int32_t)(negative ? -value : value);
}

static int accept(struct reader *r, const char *word) {
    const char *p = r->at;
    while (*word)
        if (*p++ != *word++)
            return 0;
    r->at = p;
    return 1;
}

static void read_value(struct reader *r, int depth) {
    if (r->error)
        return;
    skip_space(r);
    char c = *r->at;
    if (c == '{' || c == '[') {
        char close = c == '{' ? '}' : ']';
        struct node *n = new_node(r, c == '{' ? OBJECT : ARRAY, depth);
        r->at++;
        skip_space(r);
        if (*r->at == close) {
            r->at++;
            return;
        }
        for (;;) {
            if (c == '{') {
                skip_space(r);
                if (*r->at != '"') {
                    r->error = 5;
                    return;
                }
                uint16_t length;
                n->value += (int32_t)(read_string(r, &length) & 0xffff);
                skip_space(r);
                if (*r->at++ != ':') {
                    r->error = 6;
                    return;
                }
            }
            read_value(r, depth + 1);
            if (r->error)
                return;
            n->length++;
            skip_space(r);
            if (*r->at == ',') {
                r->at++;
                continue;
            }
            if (*r->at == close) {
                r->at++;
                return;
            }
            r->error = 7;
            return;
        }
    }
    if (c == '"') {
        struct node *n = new_node(r, STRING, depth);
        n->value = (int32_t)read_string(r, &n->length);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        struct node *n = new_node(r, NUMBER, depth);
        n->value = read_number(r);
    } else if (accept(r, "true")) {
        new_node(r, TRUE_, depth);
    } else if (accept(r, "false")) {
        new_node(r, FALSE_, depth);
    } else if (accept(r, "null")) {
        new_node(r, NULL_, depth);
    } else {
        r->error = 8;
    }
}

static const char *volatile source = document;

int kernel_run(void) {
    uint32_t sum = 0;
    for (int round = 0; round < 60; round++) {
        struct reader r = {source, nodes, 0, sizeof nodes / sizeof nodes[0], 0};
        read_value(&r, 0);
        if (r.error)
            return 10 + r.error;
        for (unsigned i = 0; i < r.used; i++)
            sum = sum * 17u + (uint32_t)nodes[i].value + nodes[i].kind * 7u + nodes[i].length + nodes[i].depth;
    }
    return kernel_check(sum, 0xdbb91174u);
}

KERNEL_MAIN
