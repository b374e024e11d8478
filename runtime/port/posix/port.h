/* SPDX-License-Identifier: Apache-2.0 */
/* port.h - what the POSIX port offers beyond espb/port.h: control over allocations and
 * what a program wants to know. */
#ifndef ESPB_PORT_POSIX_PORT_H
#define ESPB_PORT_POSIX_PORT_H

#include "espb/port.h"
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

/* Who gets traps that have no caller (espb_port_report); NULL: they are printed on stderr. */
typedef void (*espb_posix_reporter)(espb_instance *instance, const espb_error *error);
void espb_posix_on_report(espb_posix_reporter reporter);
/* Who answers espb_port_visit_holders; NULL: nobody. */
typedef void (*espb_posix_holders)(uintptr_t first, uintptr_t last, espb_port_holder_visitor visit,
                                   void *context);
void espb_posix_on_visit_holders(espb_posix_holders holders);
/* Whether the calling thread is to count as an interrupt handler. */
void espb_posix_set_in_interrupt(bool in_interrupt);

#ifdef __cplusplus
}
#endif
#endif
