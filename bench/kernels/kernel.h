// SPDX-License-Identifier: Apache-2.0
// What every benchmark kernel shares: its entry, its self-check and a source of repeatable input.
//
// A kernel is one file. kernel_run() does the work and returns 0 when the checksum is right. KERNEL_MAIN makes it a program;
// a harness that wants to count kernel_run() alone compiles with -DKERNEL_NO_MAIN and brings its own main.
#ifndef ESPB_BENCH_KERNEL_H
#define ESPB_BENCH_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
int kernel_run(void);
#ifdef KERNEL_REPORT
void kernel_report(uint32_t got); // shows the value when a new kernel gets its constant
#endif
#ifdef __cplusplus
}
#endif

// Hides a constant from the optimiser, as input that arrives at run time would be hidden.
static inline uint32_t kernel_opaque(uint32_t value) {
    volatile uint32_t hidden = value;
    return hidden;
}

static inline uint32_t kernel_random(uint32_t *state) {
    uint32_t x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *state = x;
    return x;
}

static inline int kernel_check(uint32_t got, uint32_t want) {
#ifdef KERNEL_REPORT
    kernel_report(got);
#endif
    return got == want ? 0 : 1;
}

#ifdef KERNEL_NO_MAIN
#define KERNEL_MAIN
#else
#define KERNEL_MAIN                                                                                                    \
    int main(void) {                                                                                                   \
        return kernel_run();                                                                                           \
    }
#endif

#endif
