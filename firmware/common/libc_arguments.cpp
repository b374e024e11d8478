// SPDX-License-Identifier: Apache-2.0
// Functions of the C library that guests and the chip's native code see differently: the guest's code is
// lowered by RISC-V's ABI, where a va_list is a pointer to words, 64-bit ones at multiples of eight, and a
// structure of 16 bytes is returned in memory. Not needed on RV32.
#include "libc_support.h"

#ifdef __XTENSA__
#include <stdarg.h>

namespace {

// What gcc makes of a va_list on Xtensa: the stack's words begin at index 32 (8 words behind `stack`).
struct List {
  uintptr_t stack;
  const void *registers;
  int index;
};
static_assert(sizeof(List) == sizeof(va_list));

class Arguments {
public:
  explicit Arguments(const void *guest) {
    const auto at = reinterpret_cast<uintptr_t>(guest);
    const List list = {(at & ~uintptr_t{7}) - 32, nullptr, static_cast<int>(32 + (at & 4))};
    memcpy(static_cast<void *>(&native), &list, sizeof list);
  }
  va_list native;
};

} // namespace

int espb_guest_vprintf(const char *format, const void *arguments) {
  return vprintf(format, Arguments(arguments).native);
}
int espb_guest_vfprintf(FILE *stream, const char *format, const void *arguments) {
  return vfprintf(stream, format, Arguments(arguments).native);
}
int espb_guest_vsprintf(char *text, const char *format, const void *arguments) {
  return vsprintf(text, format, Arguments(arguments).native);
}
int espb_guest_vsnprintf(char *text, size_t bytes, const char *format, const void *arguments) {
  return vsnprintf(text, bytes, format, Arguments(arguments).native);
}
int espb_guest_vasprintf(char **text, const char *format, const void *arguments) {
  return vasprintf(text, format, Arguments(arguments).native);
}
int espb_guest_vsscanf(const char *text, const char *format, const void *arguments) {
  return vsscanf(text, format, Arguments(arguments).native);
}
void espb_guest_lldiv(lldiv_t *result, long long numerator, long long denominator) {
  *result = lldiv(numerator, denominator);
}
#endif
