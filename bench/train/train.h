// SPDX-License-Identifier: Apache-2.0
// What the training programs share. They choose the fused instructions; the kernels, which share no code with them, judge.
#ifndef ESPB_BENCH_TRAIN_H
#define ESPB_BENCH_TRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef TRAIN_REPORT
#ifdef __cplusplus
extern "C"
#endif
void train_report(uint32_t got);
#else
#define train_report(got) ((void)0)
#endif

// The exit status of a program: 0 when the answer is the expected one.
#define TRAIN_EXPECT(answer, expected) (train_report(answer), (answer) == (expected) ? 0 : 1)

#endif
