/* SPDX-License-Identifier: Apache-2.0 */
/* host_libc.h - the C library a host offers to guests of the checked profile: the same names as
 * firmware/common/espb_libc.sym. */
#ifndef ESPB_HOST_LIBC_H
#define ESPB_HOST_LIBC_H

#include "espb/espb.h"
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All of them as named symbols. */
const espb_symbols *espb_host_libc(void);

/* A fast table over the host's names: `names` are the table's, in order (from its .sym file). Entries whose
 * name the host does not have are disabled. Free with espb_host_fast_table_free. NULL: no memory. */
espb_fast_table *espb_host_fast_table(const char *name, const char *const *names, uint32_t count);
void espb_host_fast_table_free(espb_fast_table *table);

/* Where guests read and write; at first the process's own streams. */
void espb_host_set_streams(FILE *in, FILE *out, FILE *err);

#ifdef __cplusplus
}
#endif
#endif
