// SPDX-License-Identifier: Apache-2.0
// How the generated C++ handlers reach registers, immediates and memory: shared by the portable engine and by
// exec_page1. They expect the variables thread, pc, fp, acc, sp, the type Memory, and the label
// out_of_bounds.
#ifndef ESPB_RUNTIME_INTERP_MACROS_H
#define ESPB_RUNTIME_INTERP_MACROS_H

#include "../../isa/espb_semantics.h"
#include "../../isa/isa.h"
#include "../module/exec.h"
#if !ESPB_PROFILE_NATIVE
#include "../module/instance.h"
#endif
#include "espb/port.h"
#include <string.h>

namespace espb {

// Values as they lie in registers. NaN results are made canonical where they are not by themselves, as on
// RISC-V, so that every engine prints the same.
inline float float_of(uint32_t bits) {
  float f;
  __builtin_memcpy(&f, &bits, sizeof f);
  return f;
}
inline double double_of(uint64_t bits) {
  double f;
  __builtin_memcpy(&f, &bits, sizeof f);
  return f;
}
inline uint32_t bits_of(float f) {
#ifndef __riscv
  if (f != f)
    return 0x7fc00000u;
#endif
  uint32_t bits;
  __builtin_memcpy(&bits, &f, sizeof bits);
  return bits;
}
inline uint64_t bits_of(double f) {
#ifndef __riscv
  if (f != f)
    return 0x7ff8000000000000u;
#endif
  uint64_t bits;
  __builtin_memcpy(&bits, &f, sizeof bits);
  return bits;
}

inline uint32_t read16(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8; }
inline uint32_t read32(const uint8_t *p) { return read16(p) | read16(p + 2) << 16; }

inline uint32_t &register_at(uint32_t *fp, uint32_t byte_offset) {
  return *reinterpret_cast<uint32_t *>(reinterpret_cast<uint8_t *>(fp) + byte_offset);
}
inline uint64_t get_pair(uint32_t *fp, uint32_t byte_offset) {
  const uint32_t *r = &register_at(fp, byte_offset);
  return r[0] | (uint64_t)r[1] << 32;
}
inline void set_pair(uint32_t *fp, uint32_t byte_offset, uint64_t value) {
  uint32_t *r = &register_at(fp, byte_offset);
  r[0] = (uint32_t)value;
  r[1] = (uint32_t)(value >> 32);
}

// What an atomic operation of page 1 leaves in memory.
inline uint32_t atomic_result(uint32_t opcode, uint32_t old, uint32_t b) {
  switch (opcode) {
  case kOp_AMOSWAP & 0xff:
    return b;
  case kOp_AMOADD & 0xff:
    return old + b;
  case kOp_AMOAND & 0xff:
    return old & b;
  case kOp_AMOOR & 0xff:
    return old | b;
  case kOp_AMOXOR & 0xff:
    return old ^ b;
  case kOp_AMOMIN & 0xff:
    return (int32_t)old < (int32_t)b ? old : b;
  case kOp_AMOMAX & 0xff:
    return (int32_t)old > (int32_t)b ? old : b;
  case kOp_AMOMINU & 0xff:
    return old < b ? old : b;
  default: // AMOMAXU
    return old > b ? old : b;
  }
}

#if ESPB_PROFILE_NATIVE
// Guest addresses are machine addresses, aligned by the rules of C; 64-bit accesses are two words.
struct NativeMemory {
  static uint8_t *find(Thread &, GuestAddress address, uint32_t, bool) {
    return reinterpret_cast<uint8_t *>(address);
  }
  template <class T> static T load(const uint8_t *p) {
    typedef T Cell __attribute__((may_alias));
    if constexpr (sizeof(T) == 8) {
      typedef uint32_t Word __attribute__((may_alias));
      const Word *w = reinterpret_cast<const Word *>(p);
      return (T)(w[0] | (uint64_t)w[1] << 32);
    } else {
      return *reinterpret_cast<const Cell *>(p);
    }
  }
  template <class T> static void store(uint8_t *p, T value) {
    typedef T Cell __attribute__((may_alias));
    if constexpr (sizeof(T) == 8) {
      typedef uint32_t Word __attribute__((may_alias));
      Word *w = reinterpret_cast<Word *>(p);
      w[0] = (uint32_t)value;
      w[1] = (uint32_t)(value >> 32);
    } else {
      *reinterpret_cast<Cell *>(p) = value;
    }
  }
  static uint32_t link_pc(Thread &, const uint8_t *pc) { return (uint32_t)reinterpret_cast<uintptr_t>(pc); }
  static uint32_t link_fp(Thread &, const uint32_t *fp) { return (uint32_t)reinterpret_cast<uintptr_t>(fp); }
  static const uint8_t *linked_pc(Thread &, uint32_t word) { return reinterpret_cast<const uint8_t *>(word); }
  static uint32_t *linked_fp(Thread &, uint32_t word) { return reinterpret_cast<uint32_t *>(word); }
};
using EngineMemory = NativeMemory;
#else
struct CheckedMemory {
  static uint8_t *find(Thread &thread, GuestAddress address, uint32_t bytes, bool write) {
    return guest_pointer(*thread.instance, address, bytes, write);
  }
  template <class T> static T load(const uint8_t *p) {
    T value;
    __builtin_memcpy(&value, p, sizeof value);
    return value;
  }
  template <class T> static void store(uint8_t *p, T value) { __builtin_memcpy(p, &value, sizeof value); }
  static uint32_t link_pc(Thread &thread, const uint8_t *pc) { return (uint32_t)(pc - thread.code); }
  static uint32_t link_fp(Thread &thread, const uint32_t *fp) {
    return (uint32_t)(fp - thread.register_base);
  }
  static const uint8_t *linked_pc(Thread &thread, uint32_t word) {
    return word == kExitLink ? kExitStub : thread.code + word;
  }
  static uint32_t *linked_fp(Thread &thread, uint32_t word) { return thread.register_base + word; }
};
using EngineMemory = CheckedMemory;
#endif

} // namespace espb

#define ESPB_U8(offset) ((uint32_t)pc[offset])
#define ESPB_S8(offset) ((int32_t)(int8_t)pc[offset])
#define ESPB_U16(offset) (::espb::read16(pc + (offset)))
#define ESPB_S16(offset) ((int32_t)(int16_t)::espb::read16(pc + (offset)))
#define ESPB_L32(offset) (::espb::read32(pc + (offset)))
#define ESPB_L32S(offset) ((int32_t)::espb::read32(pc + (offset)))

#define ESPB_REG(offset) (::espb::register_at(fp, pc[offset]))
#define ESPB_GET_u32(offset) (ESPB_REG(offset))
#define ESPB_GET_s32(offset) ((int32_t)ESPB_REG(offset))
#define ESPB_GET_f32(offset) (::espb::float_of(ESPB_REG(offset)))
#define ESPB_GET_u64(offset) (::espb::get_pair(fp, pc[offset]))
#define ESPB_GET_s64(offset) ((int64_t)::espb::get_pair(fp, pc[offset]))
#define ESPB_GET_f64(offset) (::espb::double_of(::espb::get_pair(fp, pc[offset])))
#define ESPB_SET_u32(offset, value) ((void)(ESPB_REG(offset) = (value)))
#define ESPB_SET_s32(offset, value) ((void)(ESPB_REG(offset) = (uint32_t)(value)))
#define ESPB_SET_f32(offset, value) ((void)(ESPB_REG(offset) = ::espb::bits_of((float)(value))))
#define ESPB_SET_u64(offset, value) (::espb::set_pair(fp, pc[offset], (value)))
#define ESPB_SET_s64(offset, value) (::espb::set_pair(fp, pc[offset], (uint64_t)(value)))
#define ESPB_SET_f64(offset, value) (::espb::set_pair(fp, pc[offset], ::espb::bits_of((double)(value))))
#define ESPB_ACC_u32() (acc)
#define ESPB_ACC_s32() ((int32_t)acc)
#define ESPB_SET_ACC_u32(value) ((void)(acc = (value)))
#define ESPB_SET_ACC_s32(value) ((void)(acc = (uint32_t)(value)))
#define ESPB_SET_ACC_f32(value) ((void)(acc = ::espb::bits_of((float)(value))))

#define ESPB_DATA_BASE (thread.data_base)
#define ESPB_RODATA_BASE (thread.rodata_base)

#if ESPB_PROFILE_NATIVE
#define LOAD(T, address) (Memory::template load<T>(Memory::find(thread, (address), sizeof(T), false)))
#define STORE(T, address, value)                                                                             \
  (Memory::template store<T>(Memory::find(thread, (address), sizeof(T), true), (T)(value)))
#define ESPB_FIND(pointer, address, bytes, write)                                                            \
  uint8_t *const pointer = Memory::find(thread, (address), (bytes), (write))
#else
#define LOAD(T, address)                                                                                     \
  (__extension__({                                                                                           \
    const uint8_t *const cell = Memory::find(thread, (address), sizeof(T), false);                           \
    if (!cell)                                                                                               \
      goto out_of_bounds;                                                                                    \
    Memory::template load<T>(cell);                                                                          \
  }))
#define STORE(T, address, value)                                                                             \
  do {                                                                                                       \
    uint8_t *const cell = Memory::find(thread, (address), sizeof(T), true);                                  \
    if (!cell)                                                                                               \
      goto out_of_bounds;                                                                                    \
    Memory::template store<T>(cell, (T)(value));                                                             \
  } while (0)
// Declares `pointer` to [address, address + bytes) of guest memory.
#define ESPB_FIND(pointer, address, bytes, write)                                                            \
  uint8_t *const pointer = Memory::find(thread, (address), (bytes), (write));                                \
  if (!pointer)                                                                                              \
  goto out_of_bounds
#endif

#define DivideByZero ESPB_TRAP_DIVIDE_BY_ZERO
#define TRAP_IF(condition, kind)                                                                             \
  do {                                                                                                       \
    if (condition)                                                                                           \
      ESPB_TRAP_WITH(kind);                                                                                  \
  } while (0)

#endif
