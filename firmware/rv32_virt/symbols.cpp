// SPDX-License-Identifier: Apache-2.0
// The symbols of this firmware: the C library by name (modules translated without a symbol table) and as the
// fast table "espb_libc".
#include "symbols.h"
#include "libc_support.h"

namespace {

#define ESPB_SYM(name, address) {name, (const void *)(address), 0},
const espb_symbol named[] = {
#include "espb_libc.sym"
};
#undef ESPB_SYM

} // namespace

extern constinit const espb_symbols firmware_symbols = {named, sizeof named / sizeof named[0], nullptr, 0,
                                                        nullptr};
