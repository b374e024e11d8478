// SPDX-License-Identifier: Apache-2.0
// The routines of isa/ that no library has (Base::Routine): what compiled code calls for an instruction.
// Arguments and results by the ABI.
#include "../../isa/espb_semantics.h"
#include "../module/instance.h"
#include "espb/port.h"

#if ESPB_JIT

using namespace espb;

extern "C" {
uint32_t espb_jit_clz(uint32_t a) { return espb_clz32(a); }
uint32_t espb_jit_ctz(uint32_t a) { return espb_ctz32(a); }
uint32_t espb_jit_popcnt(uint32_t a) { return espb_popcnt32(a); }
uint32_t espb_jit_bswap(uint32_t a) { return espb_bswap32(a); }
uint32_t espb_jit_clzd(uint64_t a) { return espb_clz64(a); }
uint32_t espb_jit_ctzd(uint64_t a) { return espb_ctz64(a); }
int32_t espb_jit_ftos(float a) { return espb_ftos32(a); }
uint32_t espb_jit_ftou(float a) { return espb_ftou32(a); }
int64_t espb_jit_ftosd(float a) { return espb_ftos64(a); }
uint64_t espb_jit_ftoud(float a) { return espb_ftou64(a); }
int32_t espb_jit_ftos_D(double a) { return espb_ftos32(a); }
uint32_t espb_jit_ftou_D(double a) { return espb_ftou32(a); }
int64_t espb_jit_ftosd_D(double a) { return espb_ftos64(a); }
uint64_t espb_jit_ftoud_D(double a) { return espb_ftou64(a); }

uint32_t espb_jit_callable_address(Thread *thread, uint32_t index) {
  return callable_address(*thread, index);
}
uint32_t espb_jit_import_address(Thread *thread, uint32_t index) { return import_address(*thread, index); }

// Atomics hold the port's lock, as in the interpreter. `operation` counts from AMOSWAP.
uint32_t espb_jit_amo(uint32_t *cell, uint32_t b, uint32_t operation) {
  espb_port_lock();
  const uint32_t old = *cell;
  uint32_t result = b;
  switch (operation) {
  case 1:
    result = old + b;
    break;
  case 2:
    result = old & b;
    break;
  case 3:
    result = old | b;
    break;
  case 4:
    result = old ^ b;
    break;
  case 5:
    result = (int32_t)old < (int32_t)b ? old : b;
    break;
  case 6:
    result = (int32_t)old > (int32_t)b ? old : b;
    break;
  case 7:
    result = old < b ? old : b;
    break;
  case 8:
    result = old > b ? old : b;
    break;
  default:
    break;
  }
  *cell = result;
  espb_port_unlock();
  return old;
}

uint32_t espb_jit_cas(uint32_t *cell, uint32_t expected, uint32_t wanted) {
  espb_port_lock();
  const uint32_t old = *cell;
  if (old == expected)
    *cell = wanted;
  espb_port_unlock();
  return old;
}

uint64_t espb_jit_casd(uint32_t *cell, uint64_t expected, uint64_t wanted) { // aligned to words only
  espb_port_lock();
  const uint64_t old = (uint64_t)cell[1] << 32 | cell[0];
  if (old == expected) {
    cell[0] = (uint32_t)wanted;
    cell[1] = (uint32_t)(wanted >> 32);
  }
  espb_port_unlock();
  return old;
}
}

#endif
