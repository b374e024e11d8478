// SPDX-License-Identifier: Apache-2.0
// ADPCM and mu-law speech coding of a synthetic tone.
#include "train.h"

static const int8_t index_change[8] = {-1, -1, -1, -1, 2, 4, 6, 8};
static int16_t step_table[89];

typedef struct {
    int value, index;
} Predictor;

static void build_steps(void) {
    int32_t step = 7 << 8;
    for (int i = 0; i < 89; ++i) {
        step_table[i] = (int16_t)(step >> 8 > 32767 ? 32767 : step >> 8);
        step += step / 10 + 40;
    }
}

static int reconstruct(Predictor *p, int code) {
    int step = step_table[p->index];
    int change = step >> 3;
    if (code & 4)
        change += step;
    if (code & 2)
        change += step >> 1;
    if (code & 1)
        change += step >> 2;
    p->value += code & 8 ? -change : change;
    if (p->value > 32767)
        p->value = 32767;
    else if (p->value < -32768)
        p->value = -32768;
    p->index += index_change[code & 7];
    if (p->index < 0)
        p->index = 0;
    if (p->index > 88)
        p->index = 88;
    return p->value;
}

static int quantize(Predictor *p, int sample) {
    int step = step_table[p->index];
    int difference = sample - p->value, code = 0;
    if (difference < 0) {
        code = 8;
        difference = -difference;
    }
    for (int bit = 4; bit; bit >>= 1) {
        if (difference >= step) {
            code |= bit;
            difference -= step;
        }
        step >>= 1;
    }
    reconstruct(p, code);
    return code;
}

static uint8_t to_mulaw(int sample) {
    int sign = sample < 0 ? 0x80 : 0;
    if (sign)
        sample = -sample;
    if (sample > 32635)
        sample = 32635;
    sample += 132;
    int exponent = 7;
    for (int mask = 0x4000; !(sample & mask) && exponent > 0; mask >>= 1)
        --exponent;
    return (uint8_t)~(sign | exponent << 4 | (sample >> (exponent + 3) & 15));
}

static int from_mulaw(uint8_t code) {
    code = (uint8_t)~code;
    int magnitude = (((code & 15) << 3) + 132) << (code >> 4 & 7);
    return code & 0x80 ? 132 - magnitude : magnitude - 132;
}

int main(void) {
    volatile int count = 6000;
    Predictor coder = {0, 0}, decoder = {0, 0};
    uint32_t digest = 0, noise = 3;
    int64_t error = 0;
    int s = 0, c = 12000;
    build_steps();
    for (int i = 0; i < count; ++i) {
        s += c >> 4; // a rotation that stays on a circle, near enough
        c -= s >> 4;
        noise = noise * 69069u + 5u;
        int sample = s + (int)(noise >> 23) - 256;
        int code = quantize(&coder, sample);
        int heard = reconstruct(&decoder, code);
        int d = heard - sample;
        error += d < 0 ? -d : d;
        uint8_t mu = to_mulaw(sample);
        digest = digest * 7 + (uint32_t)code + mu + (uint32_t)from_mulaw(mu);
    }
    if (coder.value != decoder.value || error / count > 1500)
        return 2;
    return TRAIN_EXPECT(digest + (uint32_t)error, 0x2bb6b08au);
}
