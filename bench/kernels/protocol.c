// SPDX-License-Identifier: Apache-2.0
// State machine: a byte-wise decoder of framed messages with escapes, addresses, check sums and timeouts.
#include "kernel.h"

enum state { HUNT, HEADER, LENGTH, PAYLOAD, CHECK_LO, CHECK_HI, DONE };

#define START 0xa5
#define ESCAPE 0xdb
#define MAX_PAYLOAD 32

struct decoder {
    enum state state;
    uint8_t escaped;
    uint8_t type;
    uint8_t length;
    uint8_t got;
    uint8_t silent; // ticks without a byte
    uint16_t check;
    uint16_t wanted_check;
    uint8_t payload[MAX_PAYLOAD];
};

static struct {
    uint32_t frames, bad_check, bad_length, resync, timeouts;
    uint32_t per_type[8];
    uint32_t digest;
} stats;

static struct decoder dec;
static uint8_t wire[4096];

static void add_check(struct decoder *d, uint8_t byte) {
    uint16_t lo = (uint16_t)((d->check & 0xff) + byte);
    lo = (uint16_t)((lo & 0xff) + (lo >> 8));
    uint16_t hi = (uint16_t)((d->check >> 8) + lo);
    hi = (uint16_t)((hi & 0xff) + (hi >> 8));
    d->check = (uint16_t)(hi << 8 | (lo & 0xff));
}

static void deliver(struct decoder *d) {
    stats.frames++;
    stats.per_type[d->type & 7]++;
    switch (d->type & 7) {
    case 0: // counters: little-endian words
        for (int i = 0; i + 1 < d->length; i += 2)
            stats.digest += d->payload[i] | (uint32_t)d->payload[i + 1] << 8;
        break;
    case 1: // text
        for (int i = 0; i < d->length; i++)
            stats.digest = stats.digest * 31 + d->payload[i];
        break;
    case 2: // bit flags
        for (int i = 0; i < d->length; i++)
            stats.digest ^= (uint32_t)d->payload[i] << (i & 15);
        break;
    default:
        stats.digest += d->length;
    }
}

static void feed(struct decoder *d, uint8_t byte) {
    d->silent = 0;
    if (byte == START) {
        if (d->state != HUNT)
            stats.resync++;
        d->state = HEADER;
        d->escaped = 0;
        d->check = 0;
        return;
    }
    if (d->state == HUNT)
        return;
    if (d->escaped) {
        byte ^= 0x20;
        d->escaped = 0;
    } else if (byte == ESCAPE) {
        d->escaped = 1;
        return;
    }
    switch (d->state) {
    case HEADER:
        d->type = byte;
        add_check(d, byte);
        d->state = LENGTH;
        break;
    case LENGTH:
        if (byte > MAX_PAYLOAD) {
            stats.bad_length++;
            d->state = HUNT;
            break;
        }
        d->length = byte;
        d->got = 0;
        add_check(d, byte);
        d->state = byte ? PAYLOAD : CHECK_LO;
        break;
    case PAYLOAD:
        d->payload[d->got++] = byte;
        add_check(d, byte);
        if (d->got == d->length)
            d->state = CHECK_LO;
        break;
    case CHECK_LO:
        d->wanted_check = byte;
        d->state = CHECK_HI;
        break;
    case CHECK_HI:
        d->wanted_check |= (uint16_t)(byte << 8);
        if (d->wanted_check == d->check)
            deliver(d);
        else
            stats.bad_check++;
        d->state = HUNT;
        break;
    default:
        d->state = HUNT;
    }
}

static void tick(struct decoder *d) {
    if (d->state != HUNT && ++d->silent >= 3) {
        stats.timeouts++;
        d->state = HUNT;
    }
}

static unsigned put(unsigned at, uint8_t byte) {
    if (byte == START || byte == ESCAPE) {
        wire[at++] = ESCAPE;
        byte ^= 0x20;
    }
    wire[at++] = byte;
    return at;
}

static unsigned build_traffic(uint32_t *seed) {
    unsigned at = 0;
    while (at < sizeof wire - 100) {
        struct decoder sender = {0};
        uint8_t type = (uint8_t)(kernel_random(seed) >> 24);
        uint8_t length = (uint8_t)(kernel_random(seed) % (MAX_PAYLOAD + 1));
        wire[at++] = START;
        at = put(at, type);
        add_check(&sender, type);
        at = put(at, length);
        add_check(&sender, length);
        for (int i = 0; i < length; i++) {
            uint8_t byte = (uint8_t)(kernel_random(seed) >> 11);
            at = put(at, byte);
            add_check(&sender, byte);
        }
        at = put(at, (uint8_t)sender.check);
        at = put(at, (uint8_t)(sender.check >> 8));
        if (kernel_random(seed) % 9 == 0) // line noise
            wire[at - 2 - kernel_random(seed) % 3] ^= 0x41;
        if (kernel_random(seed) % 7 == 0)
            wire[at++] = (uint8_t)kernel_random(seed);
    }
    return at;
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(99u);
    for (int round = 0; round < 12; round++) {
        unsigned n = build_traffic(&seed);
        for (unsigned i = 0; i < n; i++) {
            feed(&dec, wire[i]);
            if (i % 509 == 0)
                for (int k = 0; k < 4; k++)
                    tick(&dec);
        }
    }
    uint32_t sum = stats.digest + stats.frames * 3 + stats.bad_check * 5 + stats.bad_length * 7 + stats.resync * 11 +
                   stats.timeouts * 13;
    for (int i = 0; i < 8; i++)
        sum = sum * 37 + stats.per_type[i];
    return kernel_check(sum, 0xf1a8d075u);
}

KERNEL_MAIN
