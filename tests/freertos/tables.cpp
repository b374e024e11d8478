// SPDX-License-Identifier: Apache-2.0
// The symbol tables made the way a firmware that embeds the runtime makes them.
#include "symbols.h"

#define ESPB_SYM_FILE "idf_fast.sym"
#define ESPB_SYM_TABLE idf_fast
#include "espb/symbols.hpp"

#define ESPB_SYM_FILE "custom_fast.sym"
#define ESPB_SYM_TABLE custom_fast
#include "espb/symbols.hpp"

extern "C" const espb_fast_table *const firmware_tables[2];
const espb_fast_table *const firmware_tables[2] = {&espb_symtab_idf_fast, &espb_symtab_custom_fast};
