// SPDX-License-Identifier: Apache-2.0
// A keypad scanner with debouncing, soft PWM, a rotary encoder and a menu, all as polled state machines.
#include "train.h"

struct Key {
    uint8_t history;
    unsigned down : 1, repeated : 1, spare : 6;
    uint16_t held;
};

static struct Key keys[12];
static volatile uint16_t port_in, port_out;

static struct {
    uint8_t duty[8], target[8];
    uint8_t phase;
} pwm;

static struct {
    uint8_t last;
    int16_t position;
    uint16_t errors;
} encoder;

enum Menu { HOME, BRIGHT, VOLUME, CONFIRM, MENUS };

static struct {
    enum Menu where;
    uint8_t value[MENUS];
    uint16_t idle;
} menu;

static uint32_t presses, digest;

static void pressed(int key) {
    ++presses;
    menu.idle = 0;
    switch (menu.where) {
    case HOME:
        if (key == 0)
            menu.where = BRIGHT;
        else if (key == 1)
            menu.where = VOLUME;
        break;
    case BRIGHT:
    case VOLUME:
        if (key == 2 && menu.value[menu.where] < 100)
            menu.value[menu.where] += 5;
        else if (key == 3 && menu.value[menu.where] >= 5)
            menu.value[menu.where] -= 5;
        else if (key == 4)
            menu.where = CONFIRM;
        else if (key > 8)
            menu.where = HOME;
        break;
    case CONFIRM:
        if (key == 4)
            pwm.target[key & 7] = menu.value[BRIGHT];
        menu.where = HOME;
        break;
    default:
        break;
    }
}

static void scan_keys(void) {
    uint16_t in = port_in;
    for (int i = 0; i < 12; ++i) {
        struct Key *k = &keys[i];
        k->history = (uint8_t)(k->history << 1 | (in >> i & 1));
        if (!k->down && (k->history & 0x1f) == 0x1f) {
            k->down = 1;
            k->held = 0;
            pressed(i);
        } else if (k->down && (k->history & 0x1f) == 0) {
            k->down = 0;
            k->repeated = 0;
        } else if (k->down) {
            ++k->held;
            if (k->held > (k->repeated ? 12 : 40)) {
                k->repeated = 1;
                k->held = 0;
                pressed(i);
            }
        }
    }
}

static void run_pwm(void) {
    uint16_t out = 0;
    for (int i = 0; i < 8; ++i)
        if (pwm.phase < pwm.duty[i])
            out |= (uint16_t)(1 << i);
    port_out = out;
    if (++pwm.phase == 100) {
        pwm.phase = 0;
        for (int i = 0; i < 8; ++i) {
            if (pwm.duty[i] < pwm.target[i])
                ++pwm.duty[i];
            else if (pwm.duty[i] > pwm.target[i])
                --pwm.duty[i];
        }
    }
}

static void run_encoder(uint8_t pins) {
    static const int8_t moves[16] = {0, -1, 1, 2, 1, 0, 2, -1, -1, 2, 0, 1, 2, 1, -1, 0};
    int8_t m = moves[(encoder.last << 2 | pins) & 15];
    if (m == 2)
        ++encoder.errors;
    else
        encoder.position = (int16_t)(encoder.position + m);
    encoder.last = pins;
}

int main(void) {
    volatile uint32_t start = 4711;
    uint32_t x = start;
    uint16_t physical = 0;
    for (int i = 0; i < 8; ++i)
        pwm.target[i] = (uint8_t)(i * 12);
    for (int t = 0; t < 6000; ++t) {
        x = x * 1103515245u + 12345u;
        if (t % 23 == 0)
            physical ^= (uint16_t)(1u << ((x >> 20) % 12));
        uint16_t bounce = t % 23 < 4 ? (uint16_t)(x >> 13 & x >> 17) : 0;
        port_in = (uint16_t)((physical ^ bounce) & 0xfff);
        scan_keys();
        run_pwm();
        uint8_t gray = (uint8_t)((t / 9 ^ t / 18) & 3);
        run_encoder(t % 700 == 0 ? 3 : gray);
        if (++menu.idle > 500)
            menu.where = HOME;
        digest = digest * 3 + port_out + (uint32_t)menu.where;
    }
    digest += presses * 1000 + (uint16_t)encoder.position + encoder.errors;
    for (int i = 0; i < MENUS; ++i)
        digest = digest * 11 + menu.value[i];
    return TRAIN_EXPECT(digest, 0xb6667297u);
}
