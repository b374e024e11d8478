// SPDX-License-Identifier: Apache-2.0
// Error messages, and the names of statuses and traps.
#include "message.h"
#include "../../format/image.h"
#include <stdarg.h>

namespace espb {

namespace {

class Line {
public:
  explicit Line(espb_error &error) : at_(error.message), end_(error.message + sizeof error.message - 1) {}
  ~Line() { *at_ = '\0'; }

  void put(char c) {
    // A message is one line of text whatever a hostile module's names hold.
    if (at_ != end_)
      *at_++ = (uint8_t)c < 0x20 || (uint8_t)c == 0x7f ? '?' : c;
  }
  // At most `most` bytes; true when that was all.
  bool text(const char *s, uint32_t most) {
    for (; *s != '\0'; ++s) {
      if (most-- == 0)
        return false;
      put(*s);
    }
    return true;
  }
  void number(uint32_t n, uint32_t base) {
    char digits[10];
    uint32_t count = 0;
    do {
      uint32_t digit = n % base;
      digits[count++] = (char)(digit < 10 ? '0' + digit : 'a' - 10 + digit);
      n /= base;
    } while (n != 0);
    while (count != 0)
      put(digits[--count]);
  }

private:
  char *at_, *end_;
};

void format_line(espb_error &error, const char *format, va_list arguments) {
  Line line(error);
  for (; *format != '\0'; ++format) {
    if (*format != '%') {
      line.put(*format);
      continue;
    }
    char kind = *++format;
    if (kind == 's' || kind == 'q') {
      const char *text = va_arg(arguments, const char *);
      if (kind == 'q')
        line.put('"');
      // Long enough for any sensible name, short enough to leave room for the reason.
      if (!line.text(text, kind == 'q' ? 64 : UINT32_MAX))
        line.text("...", 3);
      if (kind == 'q')
        line.put('"');
    } else {
      uint32_t value = va_arg(arguments, uint32_t);
      if (kind == 'v' && value == format::kNoValue)
        continue;
      if (kind != 'u')
        line.text(kind == 'x' ? "0x" : " ", 2);
      line.number(value, kind == 'x' ? 16 : 10);
    }
  }
}

} // namespace

espb_status no_error(espb_error *error) {
  if (error != nullptr) {
    error->status = ESPB_OK;
    error->trap = ESPB_TRAP_NONE;
    error->function = ESPB_NO_FUNCTION;
    error->code_offset = 0;
    error->exit_status = 0;
    error->instance = nullptr;
    error->message[0] = '\0';
  }
  return ESPB_OK;
}

espb_status report(espb_error *error, espb_status status, const char *format, ...) {
  no_error(error);
  if (error != nullptr) {
    error->status = status;
    va_list arguments;
    va_start(arguments, format);
    format_line(*error, format, arguments);
    va_end(arguments);
  }
  return status;
}

espb_status no_memory(espb_error *error, const char *what, uint32_t bytes) {
  return report(error, ESPB_NO_MEMORY, "no memory for %s: %u bytes wanted", what, bytes);
}

} // namespace espb

static const char *name_of(const char *names, uint32_t n, uint32_t count) {
  return n < count ? espb::format::nth_text(names, n) : "unknown";
}

const char *espb_status_name(espb_status status) {
  return name_of(
      "ok\0bad module\0wrong format version\0out of memory\0missing symbol\0symbol table mismatch\0"
      "not found\0bad call\0trap\0busy\0unsupported",
      (uint32_t)status, ESPB_UNSUPPORTED + 1);
}

const char *espb_trap_name(espb_trap trap) {
  return name_of(
      "none\0unreachable code\0abort\0division by zero\0stack overflow\0bad call through a pointer\0"
      "memory access out of bounds\0out of fuel\0stopped\0host function failed\0exit\0no context",
      (uint32_t)trap, ESPB_TRAP_NO_CONTEXT + 1);
}
