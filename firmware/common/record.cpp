// SPDX-License-Identifier: Apache-2.0
// The record of a run: see record.h.
#include "record.h"

void Record::character(char c) {
  if (used_ < sizeof buffer_ - 3) // room for the end of the object stays
    buffer_[used_++] = c;
}

void Record::raw(const char *text) {
  while (*text)
    character(*text++);
}

void Record::member(const char *name) {
  character(used_ == 0 ? '{' : ',');
  character('"');
  raw(name);
  raw("\":");
}

void Record::digits(uint64_t value) {
  char reversed[20];
  int count = 0;
  do
    reversed[count++] = static_cast<char>('0' + value % 10);
  while (value /= 10);
  while (count)
    character(reversed[--count]);
}

void Record::number(const char *name, uint64_t value) {
  member(name);
  digits(value);
}

void Record::signed_number(const char *name, int64_t value) {
  member(name);
  if (value < 0)
    character('-');
  digits(value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value));
}

void Record::flag(const char *name, bool value) {
  member(name);
  raw(value ? "true" : "false");
}

void Record::text(const char *name, const char *value) {
  static const char hex[] = "0123456789abcdef";
  member(name);
  character('"');
  for (; *value; value++) {
    auto c = static_cast<unsigned char>(*value);
    if (c < 0x20 || c >= 0x7f) { // bytes of no known encoding are shown as their number
      raw("\\u00");
      character(hex[c >> 4]);
      character(hex[c & 15]);
    } else {
      if (c == '"' || c == '\\')
        character('\\');
      character(*value);
    }
  }
  character('"');
}

const char *Record::finish(size_t *bytes) {
  if (used_ == 0)
    buffer_[used_++] = '{';
  buffer_[used_++] = '}';
  buffer_[used_++] = '\n';
  buffer_[used_] = 0;
  *bytes = used_;
  return buffer_;
}
