// SPDX-License-Identifier: Apache-2.0
// The record of a run (protocol.h): one JSON object, built member by member in a fixed buffer.
#ifndef ESPB_FIRMWARE_RECORD_H
#define ESPB_FIRMWARE_RECORD_H

#include <stddef.h>
#include <stdint.h>

class Record {
public:
  void number(const char *name, uint64_t value);
  void signed_number(const char *name, int64_t value);
  void flag(const char *name, bool value);
  void text(const char *name, const char *value);
  // The whole object, newline at the end. No member can follow.
  const char *finish(size_t *bytes);

private:
  void raw(const char *text);
  void character(char c);
  void member(const char *name);
  void digits(uint64_t value);

  size_t used_ = 0;
  char buffer_[2048];
};

#endif
