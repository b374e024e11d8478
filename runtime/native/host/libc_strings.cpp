// SPDX-License-Identifier: Apache-2.0
// string.h, strings.h, ctype.h and the conversions of stdlib.h for guests.
#include "libc.h"
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>

namespace espb::libc {

namespace {

constexpr uint32_t kGuestRangeError = 34; // ERANGE of newlib and picolibc

// ---- Blocks of bytes
// ------------------------------------------------------------------------------------------------------------

espb_status copy(espb_host_call *c, uint32_t returned_offset_factor) {
  Call call(c);
  GuestAddress to = call.u32(), from = call.u32();
  uint32_t bytes = call.u32();
  if (bytes != 0) {
    ESPB_READ(source, from, bytes);
    ESPB_WRITE(target, to, bytes);
    memmove(target, source, bytes);
  }
  return call.return_u32(to + returned_offset_factor * bytes);
}
espb_status g_memcpy(espb_host_call *c) { return copy(c, 0); }
espb_status g_mempcpy(espb_host_call *c) { return copy(c, 1); }

espb_status g_memset(espb_host_call *c) {
  Call call(c);
  GuestAddress to = call.u32();
  uint32_t value = call.u32(), bytes = call.u32();
  if (bytes != 0) {
    ESPB_WRITE(target, to, bytes);
    memset(target, (int)(value & 0xff), bytes);
  }
  return call.return_u32(to);
}

espb_status g_memcmp(espb_host_call *c) {
  Call call(c);
  GuestAddress a = call.u32(), b = call.u32();
  uint32_t bytes = call.u32();
  if (bytes == 0)
    return call.return_u32(0);
  ESPB_READ(p, a, bytes);
  ESPB_READ(q, b, bytes);
  uint32_t i = 0;
  while (i + 1 < bytes && p[i] == q[i])
    ++i;
  return call.return_u32((uint32_t)(p[i] - q[i]));
}

espb_status g_memchr(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  uint8_t wanted = (uint8_t)call.u32();
  uint32_t bytes = call.u32();
  // C lets the size be larger than the memory when the byte is found before: only what is looked at must be
  // the guest's.
  for (; bytes != 0; --bytes, ++at) {
    ESPB_READ(p, at, 1);
    if (*p == wanted)
      return call.return_u32(at);
  }
  return call.return_u32(0);
}

espb_status g_rawmemchr(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  const uint8_t wanted = (uint8_t)call.u32();
  for (;; ++at) {
    ESPB_READ(p, at, 1);
    if (*p == wanted)
      return call.return_u32(at);
  }
}
espb_status g_bcopy(espb_host_call *c) {
  Call call(c);
  GuestAddress from = call.u32(), to = call.u32();
  uint32_t bytes = call.u32();
  if (bytes == 0)
    return ESPB_OK;
  ESPB_READ(source, from, bytes);
  ESPB_WRITE(target, to, bytes);
  memmove(target, source, bytes);
  return ESPB_OK;
}
espb_status g_bzero(espb_host_call *c) {
  Call call(c);
  GuestAddress to = call.u32();
  uint32_t bytes = call.u32();
  if (bytes == 0)
    return ESPB_OK;
  ESPB_WRITE(target, to, bytes);
  memset(target, 0, bytes);
  return ESPB_OK;
}
template <int (*F)(int)> espb_status g_change_case(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  ESPB_STRING(text, length, at);
  if (length == 0)
    return call.return_u32(at);
  ESPB_WRITE(target, at, length);
  for (uint32_t i = 0; i < length; ++i)
    target[i] = (uint8_t)F((uint8_t)text[i]);
  return call.return_u32(at);
}
espb_status g_strxfrm(espb_host_call *c) { // in the C locale: as much as there is room for
  Call call(c);
  GuestAddress to = call.u32();
  ESPB_STRING(text, length, call.u32());
  const uint32_t room = call.u32();
  if (const uint32_t bytes = length < room ? length + 1 : room; bytes != 0) {
    ESPB_WRITE(target, to, bytes);
    memmove(target, text, bytes);
  }
  return call.return_u32(length);
}
espb_status g_memrchr(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  uint8_t wanted = (uint8_t)call.u32();
  uint32_t bytes = call.u32();
  if (bytes != 0) {
    ESPB_READ(p, at, bytes);
    while (bytes-- != 0)
      if (p[bytes] == wanted)
        return call.return_u32(at + bytes);
  }
  return call.return_u32(0);
}

espb_status g_memmem(espb_host_call *c) {
  Call call(c);
  GuestAddress hay = call.u32();
  uint32_t hay_bytes = call.u32();
  GuestAddress needle = call.u32();
  uint32_t needle_bytes = call.u32();
  if (needle_bytes == 0)
    return call.return_u32(hay);
  if (needle_bytes > hay_bytes)
    return call.return_u32(0);
  ESPB_READ(p, hay, hay_bytes);
  ESPB_READ(q, needle, needle_bytes);
  for (uint32_t i = 0; i <= hay_bytes - needle_bytes; ++i)
    if (memcmp(p + i, q, needle_bytes) == 0)
      return call.return_u32(hay + i);
  return call.return_u32(0);
}

espb_status g_memccpy(espb_host_call *c) {
  Call call(c);
  GuestAddress to = call.u32(), from = call.u32();
  uint8_t last = (uint8_t)call.u32();
  for (uint32_t bytes = call.u32(); bytes != 0; --bytes, ++from, ++to) {
    ESPB_READ(source, from, 1);
    ESPB_WRITE(target, to, 1);
    *target = *source;
    if (*source == last)
      return call.return_u32(to + 1);
  }
  return call.return_u32(0);
}

// ---- Strings
// --------------------------------------------------------------------------------------------------------------------

espb_status g_strlen(espb_host_call *c) {
  Call call(c);
  ESPB_STRING(s, length, call.u32());
  return call.return_u32(length);
}

espb_status g_strnlen(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  uint32_t length;
  return call.bounded_string(at, call.u32(), &length) != nullptr ? call.return_u32(length) : ESPB_TRAP;
}

// strcpy and its kin. `limit`: at most this many bytes are read; `pad`: strncpy's zeroes up to the limit.
espb_status copy_string(espb_host_call *c, bool limited, bool return_end) {
  Call call(c);
  GuestAddress to = call.u32(), from = call.u32();
  uint32_t limit = limited ? call.u32() : UINT32_MAX, length;
  const char *source = call.bounded_string(from, limit, &length, !limited);
  if (source == nullptr)
    return ESPB_TRAP;
  uint32_t bytes = limited ? limit : length + 1;
  if (bytes != 0) {
    ESPB_WRITE(target, to, bytes);
    memmove(target, source, length);
    memset(target + length, 0, bytes - length);
  }
  return call.return_u32(return_end ? to + length : to);
}
espb_status g_strcpy(espb_host_call *c) { return copy_string(c, false, false); }
espb_status g_stpcpy(espb_host_call *c) { return copy_string(c, false, true); }
espb_status g_strncpy(espb_host_call *c) { return copy_string(c, true, false); }
espb_status g_stpncpy(espb_host_call *c) { return copy_string(c, true, true); }

espb_status append_string(espb_host_call *c, bool limited) {
  Call call(c);
  GuestAddress to = call.u32(), from = call.u32();
  uint32_t limit = limited ? call.u32() : UINT32_MAX, more;
  ESPB_STRING(begin, length, to);
  const char *source = call.bounded_string(from, limit, &more, !limited);
  if (source == nullptr)
    return ESPB_TRAP;
  ESPB_WRITE(target, to + length, more + 1);
  memmove(target, source, more);
  target[more] = 0;
  return call.return_u32(to);
}
espb_status g_strcat(espb_host_call *c) { return append_string(c, false); }
espb_status g_strncat(espb_host_call *c) { return append_string(c, true); }

espb_status g_strlcpy(espb_host_call *c) {
  Call call(c);
  GuestAddress to = call.u32(), from = call.u32();
  uint32_t room = call.u32();
  ESPB_STRING(source, length, from);
  if (room != 0) {
    uint32_t bytes = length < room ? length : room - 1;
    ESPB_WRITE(target, to, bytes + 1);
    memmove(target, source, bytes);
    target[bytes] = 0;
  }
  return call.return_u32(length);
}

espb_status g_strlcat(espb_host_call *c) {
  Call call(c);
  GuestAddress to = call.u32(), from = call.u32();
  uint32_t room = call.u32(), length;
  if (call.bounded_string(to, room, &length) == nullptr)
    return ESPB_TRAP;
  ESPB_STRING(source, more, from);
  if (length < room) {
    uint32_t bytes = more < room - length ? more : room - length - 1;
    ESPB_WRITE(target, to + length, bytes + 1);
    memmove(target, source, bytes);
    target[bytes] = 0;
  }
  return call.return_u32(length + more);
}

// Compares byte by byte, so that only what decides is looked at.
espb_status compare_strings(espb_host_call *c, bool limited, bool fold) {
  Call call(c);
  GuestAddress a = call.u32(), b = call.u32();
  for (uint32_t limit = limited ? call.u32() : UINT32_MAX; limit != 0; --limit, ++a, ++b) {
    ESPB_READ(p, a, 1);
    ESPB_READ(q, b, 1);
    int x = fold ? tolower(*p) : *p, y = fold ? tolower(*q) : *q;
    if (x != y || x == 0)
      return call.return_u32((uint32_t)(x - y));
  }
  return call.return_u32(0);
}
espb_status g_strcmp(espb_host_call *c) { return compare_strings(c, false, false); }
espb_status g_strncmp(espb_host_call *c) { return compare_strings(c, true, false); }
espb_status g_strcasecmp(espb_host_call *c) { return compare_strings(c, false, true); }
espb_status g_strncasecmp(espb_host_call *c) { return compare_strings(c, true, true); }

espb_status find_char(espb_host_call *c, bool last, bool or_end) {
  Call call(c);
  GuestAddress at = call.u32();
  ESPB_STRING(s, length, at);
  char wanted = (char)call.u32();
  const char *found = last ? strrchr(s, wanted) : strchr(s, wanted);
  if (found == nullptr)
    return call.return_u32(or_end ? at + length : 0);
  return call.return_u32(at + (uint32_t)(found - s));
}
espb_status g_strchr(espb_host_call *c) { return find_char(c, false, false); }
espb_status g_strrchr(espb_host_call *c) { return find_char(c, true, false); }
espb_status g_strchrnul(espb_host_call *c) { return find_char(c, false, true); }

espb_status find_string(espb_host_call *c, bool fold) {
  Call call(c);
  GuestAddress at = call.u32();
  ESPB_STRING(hay, hay_length, at);
  ESPB_STRING(needle, needle_length, call.u32());
  for (uint32_t i = 0; i + needle_length <= hay_length; ++i)
    if (fold ? strncasecmp(hay + i, needle, needle_length) == 0 : memcmp(hay + i, needle, needle_length) == 0)
      return call.return_u32(at + i);
  return call.return_u32(0);
}
espb_status g_strstr(espb_host_call *c) { return find_string(c, false); }
espb_status g_strcasestr(espb_host_call *c) { return find_string(c, true); }

espb_status g_strspn(espb_host_call *c) {
  Call call(c);
  ESPB_STRING(s, length, call.u32());
  ESPB_STRING(set, set_length, call.u32());
  return call.return_u32((uint32_t)strspn(s, set));
}
espb_status g_strcspn(espb_host_call *c) {
  Call call(c);
  ESPB_STRING(s, length, call.u32());
  ESPB_STRING(set, set_length, call.u32());
  return call.return_u32((uint32_t)strcspn(s, set));
}
espb_status g_strpbrk(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  ESPB_STRING(s, length, at);
  ESPB_STRING(set, set_length, call.u32());
  uint32_t skipped = (uint32_t)strcspn(s, set);
  return call.return_u32(skipped == length ? 0 : at + skipped);
}

// The next token at *at, or 0; *at moves behind it. `empty`: strsep's tokens, which may be empty.
bool next_token(Call &call, GuestAddress *at, GuestAddress delimiters, bool empty, GuestAddress *token) {
  *token = 0;
  if (*at == 0)
    return true;
  const char *s = call.string(*at), *set = call.string(delimiters);
  if (s == nullptr || set == nullptr)
    return false;
  uint32_t skipped = empty ? 0 : (uint32_t)strspn(s, set);
  if (!empty && s[skipped] == '\0') {
    *at = 0;
    return true;
  }
  uint32_t length = (uint32_t)strcspn(s + skipped, set);
  *token = *at + skipped;
  if (s[skipped + length] == '\0') {
    *at = 0;
    return true;
  }
  uint8_t *end = call.write(*token + length, 1);
  if (end == nullptr)
    return false;
  *end = 0;
  *at = *token + length + 1;
  return true;
}

espb_status g_strtok(espb_host_call *c) {
  Call call(c);
  GuestAddress s = call.u32(), delimiters = call.u32(), token;
  if (s != 0)
    call.library().strtok_next = s;
  return next_token(call, &call.library().strtok_next, delimiters, false, &token) ? call.return_u32(token)
                                                                                  : ESPB_TRAP;
}
espb_status g_strtok_r(espb_host_call *c) {
  Call call(c);
  GuestAddress s = call.u32(), delimiters = call.u32(), state = call.u32(), token;
  if (s == 0) {
    ESPB_READ(saved, state, 4);
    memcpy(&s, saved, 4);
  }
  return next_token(call, &s, delimiters, false, &token) && call.write_u32(state, s) ? call.return_u32(token)
                                                                                     : ESPB_TRAP;
}
espb_status g_strsep(espb_host_call *c) {
  Call call(c);
  GuestAddress state = call.u32(), delimiters = call.u32(), s, token;
  ESPB_READ(saved, state, 4);
  memcpy(&s, saved, 4);
  return next_token(call, &s, delimiters, true, &token) && call.write_u32(state, s) ? call.return_u32(token)
                                                                                    : ESPB_TRAP;
}

espb_status duplicate(espb_host_call *c, bool limited) {
  Call call(c);
  GuestAddress from = call.u32();
  uint32_t limit = limited ? call.u32() : UINT32_MAX, length;
  const char *s = call.bounded_string(from, limit, &length, !limited);
  if (s == nullptr)
    return ESPB_TRAP;
  GuestAddress to = call.allocate(length + 1);
  if (to != 0) {
    ESPB_WRITE(target, to, length + 1);
    memcpy(target, s, length);
    target[length] = 0;
  }
  return call.return_u32(to);
}
espb_status g_strdup(espb_host_call *c) { return duplicate(c, false); }
espb_status g_strndup(espb_host_call *c) { return duplicate(c, true); }

espb_status g_strerror(espb_host_call *c) {
  Call call(c);
  // The numbers and words of the boards' C library.
  static const struct {
    uint32_t number;
    const char *text;
  } texts[] = {{0, "Success"},
               {1, "Not owner"},
               {2, "No such file or directory"},
               {5, "I/O error"},
               {11, "No more processes"},
               {12, "Not enough space"},
               {13, "Permission denied"},
               {16, "Device or resource busy"},
               {22, "Invalid argument"},
               {33, "Mathematics argument out of domain of function"},
               {34, "Result too large"},
               {88, "Function not implemented"},
               {116, "Connection timed out"}};
  uint32_t number = call.u32();
  const char *text = "Unknown error";
  for (const auto &known : texts)
    if (known.number == number)
      text = known.text;
  if (!call.cell(&call.library().strerror_text, 64))
    return call.return_u32(0);
  ESPB_WRITE(target, call.library().strerror_text, 64);
  memset(target, 0, 64);
  memcpy(target, text, strlen(text) + 1);
  return call.return_u32(call.library().strerror_text);
}

// ---- Numbers from text
// ------------------------------------------------------------------------------------------------------------

enum class Number { kLong, kUnsignedLong, kLongLong, kUnsignedLongLong, kFloat, kDouble };

espb_status convert(espb_host_call *c, Number kind, bool has_end, bool has_base) {
  Call call(c);
  GuestAddress from = call.u32(), end_cell = has_end ? call.u32() : 0;
  int base = has_base ? call.i32() : 10;
  ESPB_STRING(s, length, from);
  if (base != 0 && (base < 2 || base > 36))
    base = 10;
  char *end = nullptr;
  errno = 0;
  uint64_t bits = 0;
  double real = 0;
  float single = 0;
  bool range = false;
  switch (kind) {
  case Number::kLong: {
    long long value = strtoll(s, &end, base);
    range = errno == ERANGE || value > INT32_MAX || value < INT32_MIN;
    bits = (uint32_t)(value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value);
    break;
  }
  case Number::kUnsignedLong: {
    // A minus sign negates the 32-bit value; what is out of range is the magnitude.
    const char *p = s;
    while (isspace((unsigned char)*p))
      ++p;
    bool negative = *p == '-';
    unsigned long long value = strtoull(s, &end, base);
    unsigned long long magnitude = negative ? 0 - value : value;
    range = errno == ERANGE || magnitude > UINT32_MAX;
    bits = range ? UINT32_MAX : (uint32_t)value;
    break;
  }
  case Number::kLongLong:
    bits = (uint64_t)strtoll(s, &end, base);
    range = errno == ERANGE;
    break;
  case Number::kUnsignedLongLong:
    bits = strtoull(s, &end, base);
    range = errno == ERANGE;
    break;
  case Number::kFloat:
    single = strtof(s, &end);
    range = errno == ERANGE;
    break;
  case Number::kDouble:
    real = strtod(s, &end);
    range = errno == ERANGE;
    break;
  }
  if (range)
    call.set_errno(kGuestRangeError);
  if (end_cell != 0 && !call.write_u32(end_cell, from + (uint32_t)(end - s)))
    return ESPB_TRAP;
  if (kind == Number::kFloat)
    return call.return_f32(single);
  if (kind == Number::kDouble)
    return call.return_f64(real);
  // A 32-bit result leaves the second word as it is: nobody reads it.
  return kind == Number::kLong || kind == Number::kUnsignedLong ? call.return_u32((uint32_t)bits)
                                                                : call.return_u64(bits);
}
template <Number Kind, bool HasEnd, bool HasBase> espb_status number(espb_host_call *c) {
  return convert(c, Kind, HasEnd, HasBase);
}

espb_status g_abs(espb_host_call *c) {
  Call call(c);
  int32_t value = call.i32();
  return call.return_u32(value < 0 ? 0u - (uint32_t)value : (uint32_t)value);
}
espb_status g_llabs(espb_host_call *c) {
  Call call(c);
  uint64_t value = call.u64();
  return call.return_u64((int64_t)value < 0 ? 0 - value : value);
}
espb_status g_div(espb_host_call *c) {
  Call call(c);
  int32_t a = call.i32(), b = call.i32();
  if (b == 0)
    return espb_host_fail(c, "div: division by zero");
  int64_t quotient = (int64_t)a / b, rest = (int64_t)a % b;
  return call.return_u64((uint32_t)quotient | (uint64_t)(uint32_t)rest << 32);
}
espb_status g_lldiv(espb_host_call *c) {
  Call call(c);
  GuestAddress result = call.u32(); // a structure of 16 bytes is returned through a pointer
  int64_t a = (int64_t)call.u64(), b = (int64_t)call.u64();
  if (b == 0)
    return espb_host_fail(c, "lldiv: division by zero");
  ESPB_WRITE(p, result, 16);
  uint64_t quotient = b == -1 ? 0 - (uint64_t)a : (uint64_t)(a / b);
  uint64_t rest = b == -1 ? 0 : (uint64_t)(a % b);
  memcpy(p, &quotient, 8);
  memcpy(p + 8, &rest, 8);
  return call.return_u32(result);
}
espb_status g_fls(espb_host_call *c) { // from 1, as ffs
  Call call(c);
  uint32_t value = call.u32();
  return call.return_u32(value ? 32 - (uint32_t)__builtin_clz(value) : 0);
}
espb_status g_ffsll(espb_host_call *c) {
  Call call(c);
  return call.return_u32((uint32_t)__builtin_ffsll((int64_t)call.u64()));
}
espb_status g_flsll(espb_host_call *c) {
  Call call(c);
  uint64_t value = call.u64();
  return call.return_u32(value ? 64 - (uint32_t)__builtin_clzll(value) : 0);
}
espb_status g_ffs(espb_host_call *c) {
  Call call(c);
  return call.return_u32((uint32_t)__builtin_ffs(call.i32()));
}

espb_status g_isascii(espb_host_call *c) {
  Call call(c);
  return call.return_u32(call.u32() < 128);
}
espb_status g_toascii(espb_host_call *c) {
  Call call(c);
  return call.return_u32(call.u32() & 127);
}

// ---- Characters (of the C locale)
// ----------------------------------------------------------------------------------------------------

template <int (*F)(int)> espb_status character(espb_host_call *c) {
  Call call(c);
  int32_t value = call.i32();
  // Outside -1..255 C says nothing; the host's table has no entry.
  if (value < -1 || value > 255)
    return call.return_u32(F == tolower || F == toupper ? (uint32_t)value : 0);
  int result = F(value);
  return call.return_u32(F == tolower || F == toupper ? (uint32_t)result : result != 0);
}

} // namespace

const Entry kStringEntries[] = {
    {"memcpy", g_memcpy},
    {"memmove", g_memcpy},
    {"mempcpy", g_mempcpy},
    {"memset", g_memset},
    {"memcmp", g_memcmp},
    {"bcmp", g_memcmp},
    {"memchr", g_memchr},
    {"memrchr", g_memrchr},
    {"rawmemchr", g_rawmemchr},
    {"bcopy", g_bcopy},
    {"bzero", g_bzero},
    {"explicit_bzero", g_bzero},
    {"memmem", g_memmem},
    {"memccpy", g_memccpy},
    {"strlen", g_strlen},
    {"strnlen", g_strnlen},
    {"strcpy", g_strcpy},
    {"stpcpy", g_stpcpy},
    {"strncpy", g_strncpy},
    {"stpncpy", g_stpncpy},
    {"strcat", g_strcat},
    {"strncat", g_strncat},
    {"strlcpy", g_strlcpy},
    {"strlcat", g_strlcat},
    {"strcmp", g_strcmp},
    {"strncmp", g_strncmp},
    {"strcoll", g_strcmp},
    {"strcasecmp", g_strcasecmp},
    {"strncasecmp", g_strncasecmp},
    {"strchr", g_strchr},
    {"strrchr", g_strrchr},
    {"index", g_strchr},
    {"rindex", g_strrchr},
    {"strlwr", g_change_case<tolower>},
    {"strupr", g_change_case<toupper>},
    {"strxfrm", g_strxfrm},
    {"strchrnul", g_strchrnul},
    {"strstr", g_strstr},
    {"strcasestr", g_strcasestr},
    {"strspn", g_strspn},
    {"strcspn", g_strcspn},
    {"strpbrk", g_strpbrk},
    {"strtok", g_strtok},
    {"strtok_r", g_strtok_r},
    {"strsep", g_strsep},
    {"strdup", g_strdup},
    {"strndup", g_strndup},
    {"strerror", g_strerror},
    {"atoi", number<Number::kLong, false, false>},
    {"atol", number<Number::kLong, false, false>},
    {"atoll", number<Number::kLongLong, false, false>},
    {"atof", number<Number::kDouble, false, false>},
    {"strtol", number<Number::kLong, true, true>},
    {"strtoul", number<Number::kUnsignedLong, true, true>},
    {"strtoll", number<Number::kLongLong, true, true>},
    {"strtoull", number<Number::kUnsignedLongLong, true, true>},
    {"strtof", number<Number::kFloat, true, false>},
    {"strtod", number<Number::kDouble, true, false>},
    {"abs", g_abs},
    {"labs", g_abs},
    {"llabs", g_llabs},
    {"div", g_div},
    {"ldiv", g_div},
    {"lldiv", g_lldiv},
    {"imaxabs", g_llabs},
    {"imaxdiv", g_lldiv},
    {"strtoimax", number<Number::kLongLong, true, true>},
    {"strtoumax", number<Number::kUnsignedLongLong, true, true>},
    {"ffs", g_ffs},
    {"ffsl", g_ffs},
    {"ffsll", g_ffsll},
    {"fls", g_fls},
    {"flsl", g_fls},
    {"flsll", g_flsll},
    {"isalnum", character<isalnum>},
    {"isalpha", character<isalpha>},
    {"isblank", character<isblank>},
    {"iscntrl", character<iscntrl>},
    {"isdigit", character<isdigit>},
    {"isgraph", character<isgraph>},
    {"islower", character<islower>},
    {"isprint", character<isprint>},
    {"ispunct", character<ispunct>},
    {"isspace", character<isspace>},
    {"isupper", character<isupper>},
    {"isxdigit", character<isxdigit>},
    {"tolower", character<tolower>},
    {"toupper", character<toupper>},
    {"isascii", g_isascii},
    {"toascii", g_toascii},
    {nullptr, nullptr},
};

} // namespace espb::libc
