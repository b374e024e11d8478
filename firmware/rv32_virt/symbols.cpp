// SPDX-License-Identifier: Apache-2.0
// The symbols of this firmware: the C library, by name (modules translated without a symbol table) and as the
// fast table "espb_libc".
#include "symbols.h"
#include "libc_support.h"

#define ESPB_SYM_FILE "espb_libc.sym"
#define ESPB_SYM_TABLE espb_libc
#include "espb/symbols.hpp"

extern constexpr espb_symbols firmware_symbols = {espb_named_espb_libc.named,
                                                  espb_named_espb_libc.named_count, &espb_symtab_espb_libc, 1,
                                                  espb_named_espb_libc.named_order};
