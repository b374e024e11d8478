// SPDX-License-Identifier: Apache-2.0
// Double precision: five bodies under gravity, with the square root by Newton's method.
#include "kernel.h"

struct body {
    double position[3];
    double velocity[3];
    double mass;
};

static struct body bodies[5] = {
    {{0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, 40.0},
    {{5.0, -1.25, -0.125}, {0.5, 2.75, -0.0625}, 0.0375},
    {{8.5, 4.0, -0.5}, {-1.0, 1.75, 0.03125}, 0.01125},
    {{12.75, -15.0, -0.25}, {1.0625, 0.875, -0.01}, 0.00175},
    {{15.5, -25.75, 0.1875}, {1.0, 0.5625, -0.03}, 0.002},
};

static double square_root(double x) {
    double guess = x > 1.0 ? x * 0.5 : 1.0;
    for (int i = 0; i < 20; i++) {
        double next = 0.5 * (guess + x / guess);
        double change = next - guess;
        guess = next;
        if (change > -1e-9 && change < 1e-9)
            break;
    }
    return guess;
}

static void advance(struct body *b, int count, double dt) {
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++) {
            double d[3], squared = 0.0;
            for (int k = 0; k < 3; k++) {
                d[k] = b[i].position[k] - b[j].position[k];
                squared += d[k] * d[k];
            }
            double magnitude = dt / (squared * square_root(squared));
            for (int k = 0; k < 3; k++) {
                b[i].velocity[k] -= d[k] * b[j].mass * magnitude;
                b[j].velocity[k] += d[k] * b[i].mass * magnitude;
            }
        }
    for (int i = 0; i < count; i++)
        for (int k = 0; k < 3; k++)
            b[i].position[k] += dt * b[i].velocity[k];
}

static double energy(const struct body *b, int count) {
    double e = 0.0;
    for (int i = 0; i < count; i++) {
        const double *v = b[i].velocity;
        e += 0.5 * b[i].mass * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        for (int j = i + 1; j < count; j++) {
            double squared = 0.0;
            for (int k = 0; k < 3; k++) {
                double d = b[i].position[k] - b[j].position[k];
                squared += d * d;
            }
            e -= b[i].mass * b[j].mass / square_root(squared);
        }
    }
    return e;
}

int kernel_run(void) {
    double dt = 1.0 / (double)(int)kernel_opaque(128);
    double before = energy(bodies, 5);
    for (int i = 0; i < 25; i++)
        advance(bodies, 5, dt);
    double drift = energy(bodies, 5) - before;
    if (drift > 0.01 || drift < -0.01)
        return 2;
    uint32_t sum = 0;
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 3; k++)
            sum = sum * 17u + (uint32_t)(int32_t)(bodies[i].position[k] * 100000.0);
    return kernel_check(sum, 0x49ae5022u);
}

KERNEL_MAIN
