// SPDX-License-Identifier: Apache-2.0
// The C++ side of the RV32 assembly engine, handlers.S.
#if !defined(__riscv) || __riscv_xlen != 32
#error "this engine is for 32-bit RISC-V"
#endif

#define ESPB_ENGINE(name) espb_rv32_##name
#include "../assembly_engine.h"
