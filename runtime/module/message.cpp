// SPDX-License-Identifier: Apache-2.0
// Error messages, and the names of statuses and traps.
#include "message.h"

namespace espb {

Message::Message(espb_error *error, espb_status status) : error_(error), status_(status) {
  if (error == nullptr)
    return;
  error->status = status;
  error->trap = ESPB_TRAP_NONE;
  error->function = ESPB_NO_FUNCTION;
  error->code_offset = 0;
  error->exit_status = 0;
  error->message[0] = '\0';
}

void Message::put(char c) {
  if (error_ == nullptr || length_ + 1 >= sizeof error_->message)
    return;
  // A message is one line of text whatever a hostile module's names hold.
  error_->message[length_++] = (uint8_t)c < 0x20 || (uint8_t)c == 0x7f ? '?' : c;
  error_->message[length_] = '\0';
}

Message &Message::text(const char *s) {
  while (*s != '\0')
    put(*s++);
  return *this;
}

Message &Message::number(uint32_t n) {
  char digits[10];
  uint32_t count = 0;
  do {
    digits[count++] = (char)('0' + n % 10);
    n /= 10;
  } while (n != 0);
  while (count != 0)
    put(digits[--count]);
  return *this;
}

Message &Message::hex(uint32_t n) {
  text("0x");
  uint32_t shift = 28;
  while (shift != 0 && n >> shift == 0)
    shift -= 4;
  for (;; shift -= 4) {
    put("0123456789abcdef"[n >> shift & 15]);
    if (shift == 0)
      return *this;
  }
}

Message &Message::quoted(const char *s) {
  put('"');
  // Long enough for any sensible name, short enough to leave room for the reason.
  for (uint32_t i = 0; i < 64 && *s != '\0'; ++i)
    put(*s++);
  if (*s != '\0')
    text("...");
  put('"');
  return *this;
}

Message &Message::at(uint32_t function, uint32_t code_offset) {
  if (error_ != nullptr) {
    error_->function = function;
    error_->code_offset = code_offset;
  }
  return text("function ").number(function).text(", offset ").hex(code_offset);
}

// The n-th of NUL-separated names.
static const char *nth_name(const char *names, uint32_t n) {
  for (; n != 0; --n)
    while (*names++ != '\0') {
    }
  return names;
}

} // namespace espb

const char *espb_status_name(espb_status status) {
  if ((uint32_t)status > ESPB_UNSUPPORTED)
    return "unknown status";
  return espb::nth_name(
      "ok\0bad module\0wrong format version\0out of memory\0missing symbol\0symbol table mismatch\0"
      "not found\0bad call\0trap\0busy\0unsupported",
      (uint32_t)status);
}

const char *espb_trap_name(espb_trap trap) {
  if ((uint32_t)trap > ESPB_TRAP_EXIT)
    return "unknown trap";
  return espb::nth_name(
      "none\0unreachable code\0abort\0division by zero\0stack overflow\0bad call through a pointer\0"
      "memory access out of bounds\0out of fuel\0stopped\0host function failed\0exit",
      (uint32_t)trap);
}
