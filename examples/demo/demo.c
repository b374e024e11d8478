// SPDX-License-Identifier: Apache-2.0
// What demo.sh shows: a sensor log is filtered, summed up and drawn, with strings, structs, heap, 64-bit and floating-point work.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sample {
    uint32_t tick;
    float celsius;
};

static uint32_t noise_state = 2463534242u;

static float noise(void) {
    noise_state ^= noise_state << 13;
    noise_state ^= noise_state >> 17;
    noise_state ^= noise_state << 5;
    return (float)(noise_state % 1000) / 1000.0f - 0.5f;
}

static struct sample *record(int count) {
    struct sample *log = malloc(sizeof *log * (size_t)count);
    for (int i = 0; log && i < count; i++) {
        log[i].tick = (uint32_t)i * 250;
        log[i].celsius = 20.0f + 6.0f * sinf((float)i / 9.0f) + noise();
    }
    return log;
}

static void smooth(struct sample *log, int count, float weight) {
    for (int i = 1; i < count; i++)
        log[i].celsius = weight * log[i].celsius + (1.0f - weight) * log[i - 1].celsius;
}

static uint64_t digest(const struct sample *log, int count) {
    uint64_t hash = 14695981039346656037ull;
    for (int i = 0; i < count; i++)
        hash = (hash ^ (uint64_t)(int64_t)(log[i].celsius * 100.0f)) * 1099511628211ull;
    return hash;
}

static void draw(const struct sample *log, int count) {
    char row[52];
    for (int i = 0; i < count; i += 8) {
        int column = (int)((log[i].celsius - 12.0f) * 3.0f);
        memset(row, ' ', sizeof row);
        row[column] = '*';
        row[column + 1] = '\0';
        printf("%6u ms  %6.2f C |%s\n", (unsigned)log[i].tick, (double)log[i].celsius, row);
    }
}

int main(void) {
    enum { COUNT = 120 };
    struct sample *log = record(COUNT);
    if (!log)
        return 1;
    smooth(log, COUNT, 0.4f);
    draw(log, COUNT);
    double sum = 0;
    for (int i = 0; i < COUNT; i++)
        sum += (double)log[i].celsius;
    printf("mean %.3f C, digest %016llx\n", sum / COUNT, (unsigned long long)digest(log, COUNT));
    free(log);
    return 0;
}
