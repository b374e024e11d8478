// SPDX-License-Identifier: Apache-2.0
// Inside the host's C library for guests: reading arguments and guest memory with checks. Every function here
// is safe against any guest: what it reads or writes is checked against the guest's memory, whatever
// signature the module gave.
#ifndef ESPB_RUNTIME_NATIVE_HOST_LIBC_H
#define ESPB_RUNTIME_NATIVE_HOST_LIBC_H

#include "../../module/instance.h"
#include <stddef.h>
#include <string.h>

namespace espb::libc {

// The arguments and memory of one call. A failing access fails the call with an out-of-bounds trap; the
// function then returns at once.
class Call {
public:
  explicit Call(espb_host_call *call) : call_(call), instance_(*espb_call_instance(call)) {}

  uint32_t u32() { return espb_arg_u32(call_); }
  int32_t i32() { return (int32_t)espb_arg_u32(call_); }
  uint64_t u64(bool variadic = false) { return espb_arg_u64(call_, variadic); }
  double f64(bool variadic = false) { return espb_arg_f64(call_, variadic); }
  float f32() {
    uint32_t bits = u32();
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
  }

  // Host pointers to guest memory, or nullptr after failing the call.
  const uint8_t *read(GuestAddress address, uint32_t bytes) {
    return checked(guest_pointer(instance_, address, bytes, false));
  }
  uint8_t *write(GuestAddress address, uint32_t bytes) {
    return checked(guest_pointer(instance_, address, bytes, true));
  }
  // A NUL-terminated string and its length.
  const char *string(GuestAddress address, uint32_t *length = nullptr) {
    return bounded_string(address, UINT32_MAX, length, true);
  }
  // At most `limit` bytes; an end within them is not needed.
  const char *bounded_string(GuestAddress address, uint32_t limit, uint32_t *length, bool must_end = false);
  bool write_u32(GuestAddress address, uint32_t value) {
    uint8_t *p = write(address, 4);
    if (p != nullptr)
      memcpy(p, &value, 4);
    return p != nullptr;
  }

  // Memory of the guest's heap; 0 when there is none left.
  GuestAddress allocate(uint32_t bytes, uint32_t alignment = 16);
  // False after failing the call: the address is no living block.
  bool free(GuestAddress address);
  // The bytes that a living block can hold; false after failing the call.
  bool block_bytes(GuestAddress address, uint32_t *bytes);

  // A cell of guest memory that is made when it is first used. False: no memory.
  bool cell(GuestAddress *address, uint32_t bytes);
  void set_errno(uint32_t value);

  espb_status return_void() { return ESPB_OK; }
  espb_status return_u32(uint32_t value) {
    espb_return_u32(call_, value);
    return ESPB_OK;
  }
  espb_status return_u64(uint64_t value) {
    espb_return_u64(call_, value);
    return ESPB_OK;
  }
  espb_status return_f64(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return return_u64(bits);
  }
  espb_status return_f32(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return return_u32(bits);
  }
  espb_status out_of_bounds() { return espb_host_out_of_bounds(call_); }

  bool failed() const { return espb_host_failed(call_); }

  espb_host_call *host_call() { return call_; }
  Instance &instance() { return instance_; }
  HostLibrary &library() { return instance_.library; }

private:
  template <class T> T *checked(T *pointer) {
    if (pointer == nullptr)
      espb_host_out_of_bounds(call_);
    return pointer;
  }
  espb_host_call *call_;
  Instance &instance_;
};

// The values of the guest's FILE pointers: no memory of the guest.
constexpr GuestAddress kStdin = 0xd0000000, kStdout = 0xd0000004, kStderr = 0xd0000008;

// One name the host offers.
struct Entry {
  const char *name;
  espb_host_function function;
};
// The parts of the library; each list ends with a null name.
extern const Entry kFormatEntries[];
extern const Entry kMathEntries[];
extern const Entry kComplexEntries[];
extern const Entry kTimeEntries[];
extern const Entry kStringEntries[];
extern const Entry kSystemEntries[];

} // namespace espb::libc

// Declares a host pointer to guest memory, or leaves the function.
#define ESPB_READ(pointer, address, bytes)                                                                   \
  const uint8_t *pointer = call.read(address, bytes);                                                        \
  if (pointer == nullptr)                                                                                    \
  return ESPB_TRAP
#define ESPB_WRITE(pointer, address, bytes)                                                                  \
  uint8_t *pointer = call.write(address, bytes);                                                             \
  if (pointer == nullptr)                                                                                    \
  return ESPB_TRAP
#define ESPB_STRING(pointer, length, address)                                                                \
  uint32_t length;                                                                                           \
  const char *pointer = call.string(address, &length);                                                       \
  if (pointer == nullptr)                                                                                    \
  return ESPB_TRAP

#endif
