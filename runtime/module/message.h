// SPDX-License-Identifier: Apache-2.0
// Writing an error's one-line message without a C library's formatter. What does not fit is cut off.
#ifndef ESPB_RUNTIME_MODULE_MESSAGE_H
#define ESPB_RUNTIME_MODULE_MESSAGE_H

#include "espb/espb.h"

namespace espb {

class Message {
public:
  // Resets `error` (which may be null) to `status` with an empty message.
  Message(espb_error *error, espb_status status);
  Message &text(const char *s);
  Message &number(uint32_t n); // decimal
  Message &hex(uint32_t n);    // with 0x
  Message &quoted(const char *s);
  Message &at(uint32_t function, uint32_t code_offset);
  espb_status status() const { return status_; }
  operator espb_status() const { return status_; }

private:
  void put(char c);
  espb_error *error_;
  uint32_t length_ = 0;
  espb_status status_;
};

inline espb_status no_memory(espb_error *error, const char *what, uint32_t bytes) {
  return Message(error, ESPB_NO_MEMORY)
      .text("no memory for ")
      .text(what)
      .text(": ")
      .number(bytes)
      .text(" bytes wanted");
}

} // namespace espb

#endif
