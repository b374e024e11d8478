// SPDX-License-Identifier: Apache-2.0
// Functions that guests and the chip's native code see differently: the guest's code is lowered by RISC-V's
// ABI, where a va_list is a pointer to words, 64-bit ones at multiples of eight. Not needed on RV32.
#include "../freertos/symbols.h"

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

void espb_guest_esp_log_writev(esp_log_level_t level, const char *tag, const char *format,
                               const void *arguments) {
  esp_log_writev(level, tag, format, Arguments(arguments).native);
}

static int (*guest_writer)(const char *format, const void *arguments);

// A guest cannot walk a native va_list: it gets the text.
static int write_by_guest(const char *format, va_list arguments) {
  char *text = nullptr;
  if (vasprintf(&text, format, arguments) < 0)
    return -1;
  const void *const words[] = {text};
  const int result = guest_writer("%s", words);
  free(text);
  return result;
}

vprintf_like_t espb_guest_esp_log_set_vprintf(vprintf_like_t function) {
  if (function == reinterpret_cast<vprintf_like_t>(
                      reinterpret_cast<void *>(espb_guest_vprintf))) { // what was there before
    esp_log_set_vprintf(vprintf);
    return function;
  }
  const auto before = guest_writer;
  guest_writer = reinterpret_cast<int (*)(const char *, const void *)>(reinterpret_cast<void *>(function));
  const vprintf_like_t native = esp_log_set_vprintf(write_by_guest);
  return native == write_by_guest
             ? reinterpret_cast<vprintf_like_t>(reinterpret_cast<void *>(before))
             : reinterpret_cast<vprintf_like_t>(reinterpret_cast<void *>(espb_guest_vprintf));
}
#endif
