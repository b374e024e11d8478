// SPDX-License-Identifier: Apache-2.0
// All that a product would write to offer its functions to modules: the tables that modules name them by
// index in, and one list of everything by name.
#include "../freertos/symbols.h"
#include "symbols.h"

#define ESPB_SYM_FILE "espb_libc.sym"
#define ESPB_SYM_TABLE espb_libc
#include "espb/symbols.hpp"

#define ESPB_SYM_FILE "idf_fast.sym"
#define ESPB_SYM_TABLE idf_fast
#include "espb/symbols.hpp"

#define ESPB_SYM_FILE "custom_fast.sym"
#define ESPB_SYM_TABLE custom_fast
#include "espb/symbols.hpp"

#define ESPB_SYM_FILE "all.sym"
#define ESPB_SYM_TABLE all
#include "espb/symbols.hpp"

static constexpr espb_fast_table tables[] = {espb_symtab_espb_libc, espb_symtab_idf_fast,
                                             espb_symtab_custom_fast};

extern constexpr espb_symbols firmware_symbols = {espb_named_all.named, espb_named_all.named_count, tables,
                                                  sizeof tables / sizeof tables[0],
                                                  espb_named_all.named_order};
