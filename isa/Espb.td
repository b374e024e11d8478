// SPDX-License-Identifier: Apache-2.0
// The ESPB instruction set: the single definition. isa/gen derives the runtime's tables, the interpreters' handlers and docs/isa.md
// from `llvm-tblgen --dump-json`; translator/backend/Espb.td includes the same files for instruction selection.
include "llvm/Target/Target.td"
include "EspbRegisters.td"
include "EspbFormats.td"
include "EspbInstructions.td"
include "EspbXtensa.td"
