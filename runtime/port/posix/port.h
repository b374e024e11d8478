/* SPDX-License-Identifier: Apache-2.0 */
/* port.h - what the POSIX port offers beyond espb/port.h: control over allocations, for tests. */
#ifndef ESPB_PORT_POSIX_PORT_H
#define ESPB_PORT_POSIX_PORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Makes the n-th allocation from now fail (1: the next); 0: none fails. */
void espb_posix_fail_allocation(uint32_t n);
/* Refuses allocations that would make the sum of living ones exceed this; SIZE_MAX: no limit. */
void espb_posix_limit_memory(size_t bytes);
/* Allocations and bytes that have not been freed, and the most bytes there were since the last reset. */
size_t espb_posix_allocations(void);
size_t espb_posix_allocated_bytes(void);
size_t espb_posix_peak_bytes(void);
void espb_posix_reset_peak(void);

#ifdef __cplusplus
}
#endif
#endif
