// SPDX-License-Identifier: Apache-2.0
// A byte ring buffer between an interrupt-like producer and a line-reading consumer.
#include "train.h"

#define RING 256

typedef struct {
    volatile uint16_t head, tail;
    uint8_t bytes[RING];
    uint32_t dropped;
} Ring;

static Ring rx, tx;

static bool ring_put(Ring *r, uint8_t b) {
    uint16_t next = (uint16_t)((r->head + 1) % RING);
    if (next == r->tail) {
        r->dropped++;
        return false;
    }
    r->bytes[r->head] = b;
    r->head = next;
    return true;
}

static int ring_get(Ring *r) {
    if (r->head == r->tail)
        return -1;
    uint8_t b = r->bytes[r->tail];
    r->tail = (uint16_t)((r->tail + 1) % RING);
    return b;
}

static unsigned ring_free(const Ring *r) {
    return (unsigned)(r->tail - r->head - 1) % RING;
}

static const char script[] = "+TEMP 21\n+HUM 40\nAT\n+TEMP -7\nnonsense\n+SUM\n+HUM 55\n\nAT\n+ECHO some words here\n";

static int32_t temperature, humidity;
static uint32_t lines, errors;

static bool starts(const char *s, const char *with) {
    while (*with)
        if (*s++ != *with++)
            return false;
    return true;
}

static int32_t to_int(const char *s) {
    int32_t v = 0;
    bool minus = *s == '-';
    for (s += minus; *s >= '0' && *s <= '9'; ++s)
        v = v * 10 + (*s - '0');
    return minus ? -v : v;
}

static void send(const char *s) {
    if (ring_free(&tx) < 24)
        return;
    while (*s)
        ring_put(&tx, (uint8_t)*s++);
    ring_put(&tx, '\n');
}

static void handle(const char *line) {
    ++lines;
    if (starts(line, "+TEMP ")) {
        temperature += to_int(line + 6);
        send("OK");
    } else if (starts(line, "+HUM ")) {
        humidity = (humidity * 3 + to_int(line + 5)) / 4;
        send("OK");
    } else if (starts(line, "+ECHO ")) {
        send(line + 6);
    } else if (starts(line, "AT")) {
        send("READY");
    } else if (starts(line, "+SUM")) {
        char digits[12];
        int n = 11;
        uint32_t v = (uint32_t)(temperature + humidity);
        digits[n] = 0;
        do {
            digits[--n] = (char)('0' + v % 10);
            v /= 10;
        } while (v);
        send(digits + n);
    } else if (*line) {
        ++errors;
        send("ERROR");
    }
}

int main(void) {
    char line[40];
    unsigned used = 0;
    uint32_t digest = 17, burst = 5;
    const char *p = script;
    for (int tick = 0; tick < 3000; ++tick) {
        burst = burst * 5 + 3;
        for (unsigned k = burst >> 4 & 7; k--;) { // the producer
            ring_put(&rx, (uint8_t)*p++);
            if (!*p)
                p = script;
        }
        for (int k = 0; k < 4; ++k) { // the consumer
            int c = ring_get(&rx);
            if (c < 0)
                break;
            if (c == '\n') {
                line[used] = 0;
                handle(line);
                used = 0;
            } else if (used < sizeof line - 1) {
                line[used++] = (char)c;
            }
        }
        for (int c; (c = ring_get(&tx)) >= 0;)
            digest = (digest << 7 | digest >> 25) ^ (uint32_t)c;
    }
    digest += rx.dropped + lines * 3 + errors * 5;
    return TRAIN_EXPECT(digest, 0xae96dd34u);
}
