// SPDX-License-Identifier: Apache-2.0
// A fixed-point PID loop around simulated heaters, with anti-windup and a ramp of set points.
#include "train.h"

typedef int32_t q16;

typedef struct {
    q16 kp, ki, kd;
    q16 integral, last_error, low, high;
    uint8_t saturated;
} Pid;

typedef struct {
    q16 temperature, ambient, gain, loss;
    q16 delay[8];
    uint8_t at;
} Plant;

static q16 mul(q16 a, q16 b) {
    return (q16)(((int64_t)a * b) >> 16);
}

static q16 clamp(q16 v, q16 lo, q16 hi) {
    return v < lo ? lo : v > hi ? hi : v;
}

static q16 pid_step(Pid *p, q16 target, q16 measured) {
    q16 error = target - measured;
    q16 derivative = error - p->last_error;
    if (!(p->saturated && ((error > 0) == (p->integral > 0))))
        p->integral = clamp(p->integral + mul(error, p->ki), p->low, p->high);
    p->last_error = error;
    q16 out = mul(error, p->kp) + p->integral + mul(derivative, p->kd);
    q16 limited = clamp(out, p->low, p->high);
    p->saturated = limited != out;
    return limited;
}

static void plant_step(Plant *pl, q16 power) {
    q16 effective = pl->delay[pl->at];
    pl->delay[pl->at] = power;
    pl->at = (uint8_t)((pl->at + 1) & 7);
    pl->temperature += mul(effective, pl->gain) - mul(pl->temperature - pl->ambient, pl->loss);
}

static Pid pids[4];
static Plant plants[4];

int main(void) {
    volatile int steps = 2500;
    uint32_t digest = 0;
    for (int i = 0; i < 4; ++i) {
        pids[i] = (Pid){.kp = (3 + i) << 15, .ki = 400 + 50 * i, .kd = 1 << 14, .high = 100 << 16};
        plants[i] = (Plant){.temperature = 20 << 16, .ambient = 20 << 16, .gain = 2000 + i * 111, .loss = 700 + i * 31};
    }
    for (int s = 0; s < steps; ++s) {
        q16 target = s < 500 ? s << 13 : s < 1500 ? 60 << 16 : 45 << 16;
        for (int i = 0; i < 4; ++i) {
            Plant *pl = &plants[i];
            q16 power = pid_step(&pids[i], target + (i << 15), pl->temperature);
            plant_step(pl, power);
            if ((s & 63) == 0)
                digest = digest * 65599u + (uint32_t)(pl->temperature >> 4) + (uint32_t)power;
        }
    }
    for (int i = 0; i < 4; ++i)
        if (plants[i].temperature < 40 << 16 || plants[i].temperature > 52 << 16)
            return 2;
    return TRAIN_EXPECT(digest, 0xed572e70u);
}
