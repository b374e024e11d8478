// SPDX-License-Identifier: Apache-2.0
// Iterative Fibonacci number 85 in 64 bits, 7,000 times.
#include "kernel.h"

static uint64_t fibonacci(unsigned n) {
    uint64_t a = 0;
    uint64_t b = 1;
    for (unsigned i = 0; i < n; i++) {
        uint64_t next = a + b;
        a = b;
        b = next;
    }
    return a;
}

static volatile unsigned wanted = 85;

int kernel_run(void) {
    uint64_t mixed = 0;
    for (int i = 0; i < 7000; i++)
        mixed = mixed * 3 + fibonacci(wanted);
    return kernel_check((uint32_t)(mixed ^ (mixed >> 32)), 0x272516d9u);
}

KERNEL_MAIN
