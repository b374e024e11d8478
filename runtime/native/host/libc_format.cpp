// SPDX-License-Identifier: Apache-2.0
// stdio.h for guests: the printf family, streams and the scanf family. Conversions are done one at a time by
// the host's snprintf, with the guest's widths of types (int, long, size_t and pointers of 32 bits).
#include "espb/host_libc.h"
#include "libc.h"
#include "streams.h"
#include <ctype.h>
#include <stdlib.h>

namespace espb::libc {

Streams streams;

namespace {

constexpr uint32_t kGuestOverflow = 139; // EOVERFLOW of newlib and picolibc
constexpr uint32_t kMaxField = 1u << 16; // widths and precisions beyond are an error

// ---- Variable arguments: of the call itself, or of a va_list
// -----------------------------------------------------------------------

class Arguments {
public:
  virtual uint32_t word() = 0;
  virtual uint64_t pair() = 0;
  double real() {
    uint64_t bits = pair();
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
  }

protected:
  ~Arguments() = default;
};

class CallArguments final : public Arguments {
public:
  explicit CallArguments(Call &call) : call_(call) {}
  uint32_t word() override { return call_.u32(); }
  uint64_t pair() override { return call_.u64(true); }

private:
  Call &call_;
};

// A va_list is the address of the next argument; 64-bit ones are aligned to 8.
class ListArguments final : public Arguments {
public:
  ListArguments(Call &call, GuestAddress at) : call_(call), at_(at) {}
  uint32_t word() override {
    uint32_t value = 0;
    if (const uint8_t *p = call_.read(at_, 4))
      memcpy(&value, p, 4);
    at_ += 4;
    return value;
  }
  uint64_t pair() override {
    at_ = (at_ + 7) & ~7u;
    uint32_t low = word();
    return low | (uint64_t)word() << 32;
  }

private:
  Call &call_;
  GuestAddress at_;
};

// ---- Where output goes
// ----------------------------------------------------------------------------------------------------------------

class Sink {
public:
  virtual void write(const char *bytes, uint32_t count) = 0;

protected:
  ~Sink() = default;
};

class StreamSink final : public Sink {
public:
  explicit StreamSink(FILE *file) : file_(file) {}
  void write(const char *bytes, uint32_t count) override { fwrite(bytes, 1, count, file_); }

private:
  FILE *file_;
};

// A buffer of the guest: what is beyond its size is dropped. The end is written by finish().
class BufferSink final : public Sink {
public:
  BufferSink(Call &call, GuestAddress at, uint32_t size) : call_(call), at_(at), size_(size) {}
  void write(const char *bytes, uint32_t count) override {
    uint32_t room = size_ > used_ ? size_ - used_ - 1 : 0;
    uint32_t taken = count < room ? count : room;
    if (taken == 0)
      return;
    if (uint8_t *p = call_.write(at_ + used_, taken))
      memmove(p, bytes, taken);
    used_ += taken;
  }
  void finish() {
    if (size_ != 0 && !call_.failed())
      if (uint8_t *p = call_.write(at_ + used_, 1))
        *p = 0;
  }

private:
  Call &call_;
  GuestAddress at_;
  uint32_t size_, used_ = 0;
};

// Grows on the host, for asprintf.
class GrowingSink final : public Sink {
public:
  ~GrowingSink() { free(bytes_); }
  void write(const char *bytes, uint32_t count) override {
    if (lost_ || count > kLimit - used_) {
      lost_ = true;
      return;
    }
    if (used_ + count > capacity_) {
      uint32_t capacity = 2 * (used_ + count);
      char *larger = static_cast<char *>(realloc(bytes_, capacity));
      if (larger == nullptr) {
        lost_ = true;
        return;
      }
      bytes_ = larger;
      capacity_ = capacity;
    }
    if (count != 0)
      memcpy(bytes_ + used_, bytes, count);
    used_ += count;
  }
  const char *bytes() const { return bytes_; }
  uint32_t used() const { return used_; }
  bool lost() const { return lost_; }

private:
  static constexpr uint32_t kLimit = 1u << 26;
  char *bytes_ = nullptr;
  uint32_t used_ = 0, capacity_ = 0;
  bool lost_ = false;
};

// ---- printf
// ----------------------------------------------------------------------------------------------------------------------------

enum class Length { kNone, kChar, kShort, kLongLong, kLongDouble };

class Formatter {
public:
  Formatter(Call &call, Sink &sink, Arguments &arguments) : call_(call), sink_(sink), arguments_(arguments) {}

  // The number of characters, or -1. The format may lie where output or %n go: nothing beyond its first end
  // is read.
  int32_t run(GuestAddress format) {
    uint32_t length;
    const char *p = call_.string(format, &length);
    if (p == nullptr)
      return -1;
    const char *end = p + length;
    while (p < end && !call_.failed()) {
      const char *begin = p;
      while (p < end && *p != '%')
        ++p;
      put(begin, (uint32_t)(p - begin));
      if (p < end && !conversion(p, end))
        return -1;
      if (total_ > INT32_MAX) {
        call_.set_errno(kGuestOverflow);
        return -1;
      }
    }
    return call_.failed() ? -1 : (int32_t)total_;
  }

private:
  void put(const char *bytes, uint32_t count) {
    sink_.write(bytes, count);
    total_ += count;
  }

  bool field(uint32_t value) {
    if (value <= kMaxField)
      return true;
    call_.set_errno(kGuestOverflow);
    return false;
  }

  static uint32_t digits(const char *&p, const char *end) {
    uint32_t value = 0;
    for (; p < end && isdigit((unsigned char)*p); ++p)
      value = value > kMaxField ? value : 10 * value + (uint32_t)(*p - '0');
    return value;
  }

  // One conversion, at its '%'; leaves p behind it.
  bool conversion(const char *&p, const char *end) {
    const char *begin = p++;
    spec_length_ = 0;
    spec('%');
    left_ = false;
    for (; p < end && *p != '\0' && strchr("-+ #0'", *p) != nullptr; ++p)
      if (*p != '\'' && spec_length_ < 8) { // grouping does nothing in the C locale
        spec(*p);
        left_ |= *p == '-';
      }
    width_ = 0;
    precision_ = -1;
    if (p < end && *p == '*') {
      ++p;
      int32_t width = (int32_t)arguments_.word();
      if (width < 0) {
        spec('-');
        left_ = true;
      }
      width_ = width < 0 ? 0u - (uint32_t)width : (uint32_t)width;
    } else {
      width_ = digits(p, end);
    }
    if (p < end && *p == '.') {
      ++p;
      if (p < end && *p == '*') {
        ++p;
        precision_ = (int32_t)arguments_.word();
      } else {
        precision_ = (int32_t)digits(p, end);
      }
      if (precision_ < 0)
        precision_ = -1;
    }
    if (!field(width_) || (precision_ > 0 && !field((uint32_t)precision_)))
      return false;
    uint32_t halves = 0, longs = 0;
    Length length = Length::kNone;
    for (; p < end && *p != '\0' && strchr("hljqztL", *p) != nullptr; ++p) {
      halves += *p == 'h';
      longs += *p == 'l';
      if (*p == 'L')
        length = Length::kLongDouble;
      else if (*p == 'j' || *p == 'q' || longs == 2)
        length = Length::kLongLong;
      else if (halves != 0)
        length = halves == 1 ? Length::kShort : Length::kChar;
    }
    if (p >= end) {
      put(begin, (uint32_t)(p - begin)); // cut off: shown as it is
      return true;
    }
    char letter = *p++;
    switch (letter) {
    case '%':
      put("%", 1);
      return true;
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      integer(letter, length);
      return true;
    case 'c': {
      char c = (char)arguments_.word();
      padded(&c, 1);
      return true;
    }
    case 's':
      string(arguments_.word());
      return true;
    case 'p': {
      char text[12];
      padded(text, (uint32_t)snprintf(text, sizeof text, "%#x", arguments_.word()));
      return true;
    }
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      real(letter, length == Length::kLongDouble);
      return true;
    case 'n':
      store_count(arguments_.word(), length);
      return true;
    default:
      put(begin, (uint32_t)(p - begin));
      return true;
    }
  }

  void spec(char c) { spec_[spec_length_++] = c; }

  // Ends the host's conversion specification: width and precision as arguments, then the host's length and
  // letter.
  const char *host_spec(const char *length, char letter) {
    for (const char *c = "*.*"; *c != '\0'; ++c)
      spec(*c);
    while (*length != '\0')
      spec(*length++);
    spec(letter);
    spec('\0');
    return spec_;
  }

  template <class T> void convert(const char *host, T value) {
    char text[512];
    int count = snprintf(text, sizeof text, host, (int)width_, precision_, value);
    if (count < (int)sizeof text) {
      put(text, (uint32_t)count);
      return;
    }
    char *larger = static_cast<char *>(malloc((size_t)count + 1));
    if (larger == nullptr) {
      total_ = (uint64_t)INT32_MAX + 1; // reported as an overflow
      return;
    }
    snprintf(larger, (size_t)count + 1, host, (int)width_, precision_, value);
    put(larger, (uint32_t)count);
    free(larger);
  }

  void integer(char letter, Length length) {
    bool is_signed = letter == 'd' || letter == 'i';
    uint64_t bits = length == Length::kLongLong ? arguments_.pair() : arguments_.word();
    switch (length) {
    case Length::kChar:
      bits = is_signed ? (uint64_t)(int8_t)bits : (uint8_t)bits;
      break;
    case Length::kShort:
      bits = is_signed ? (uint64_t)(int16_t)bits : (uint16_t)bits;
      break;
    case Length::kLongLong:
      break;
    default:
      bits = is_signed ? (uint64_t)(int32_t)bits : (uint32_t)bits;
      break;
    }
    convert(host_spec("ll", letter), (long long)bits);
  }

  void real(char letter, bool long_double) {
    if (!long_double) {
      double value = arguments_.real();
      if (value != value)
        value = __builtin_nan(""); // the boards show no sign of a NaN
      convert(host_spec("", letter), value);
      return;
    }
    // The guest's long double has 128 bits and is passed by its address.
    __float128 value = 0;
    if (const uint8_t *p = call_.read(arguments_.word(), sizeof value))
      memcpy(&value, p, sizeof value);
    convert(host_spec("L", letter), (long double)value);
  }

  void padded(const char *text, uint32_t length) {
    static const char spaces[33] = "                                ";
    auto pad = [&] {
      for (uint32_t missing = width_ > length ? width_ - length : 0; missing != 0;) {
        uint32_t count = missing < 32 ? missing : 32;
        put(spaces, count);
        missing -= count;
      }
    };
    if (!left_)
      pad();
    put(text, length);
    if (left_)
      pad();
  }

  void string(GuestAddress address) {
    if (address == 0) {
      padded("(null)", precision_ >= 0 && precision_ < 6 ? (uint32_t)precision_ : 6);
      return;
    }
    uint32_t length;
    const char *s = precision_ >= 0 ? call_.bounded_string(address, (uint32_t)precision_, &length)
                                    : call_.string(address, &length);
    if (s != nullptr)
      padded(s, length);
  }

  void store_count(GuestAddress address, Length length) {
    uint32_t bytes = length == Length::kChar       ? 1
                     : length == Length::kShort    ? 2
                     : length == Length::kLongLong ? 8
                                                   : 4;
    if (uint8_t *p = call_.write(address, bytes))
      memcpy(p, &total_, bytes);
  }

  Call &call_;
  Sink &sink_;
  Arguments &arguments_;
  uint64_t total_ = 0;
  char spec_[24];
  uint32_t spec_length_ = 0;
  bool left_ = false;
  uint32_t width_ = 0;
  int32_t precision_ = -1;
};

espb_status done(Call &call, int32_t result) {
  return call.failed() ? ESPB_TRAP : call.return_u32((uint32_t)result);
}

// The arguments behind the format: of this call, or of the va_list that is its next argument.
template <bool List, class Do> int32_t with_arguments(Call &call, Do format) {
  if (List) {
    ListArguments arguments(call, call.u32());
    return format(arguments);
  }
  CallArguments arguments(call);
  return format(arguments);
}

template <bool List> espb_status to_stream(Call &call, FILE *file) {
  if (file == nullptr)
    return ESPB_TRAP;
  GuestAddress format = call.u32();
  StreamSink sink(file);
  return done(call,
              with_arguments<List>(call, [&](Arguments &a) { return Formatter(call, sink, a).run(format); }));
}

// The host's stream for a guest's FILE pointer; fails the call when it is none.
FILE *stream(Call &call, GuestAddress pointer) {
  switch (pointer) {
  case kStdin:
    return streams.in();
  case kStdout:
    return streams.out();
  case kStderr:
    return streams.err();
  default:
    espb_host_fail(call.host_call(), "a stdio function was given no stream that is open");
    return nullptr;
  }
}

template <bool List> espb_status g_printf(espb_host_call *c) {
  Call call(c);
  return to_stream<List>(call, streams.out());
}
template <bool List> espb_status g_fprintf(espb_host_call *c) {
  Call call(c);
  return to_stream<List>(call, stream(call, call.u32()));
}
template <bool List, bool Limited> espb_status g_sprintf(espb_host_call *c) {
  Call call(c);
  GuestAddress to = call.u32();
  uint32_t size = Limited ? call.u32() : UINT32_MAX;
  GuestAddress format = call.u32();
  BufferSink sink(call, to, size);
  int32_t result =
      with_arguments<List>(call, [&](Arguments &a) { return Formatter(call, sink, a).run(format); });
  sink.finish();
  return done(call, result);
}
template <bool List> espb_status g_asprintf(espb_host_call *c) {
  Call call(c);
  GuestAddress cell = call.u32(), format = call.u32();
  GrowingSink sink;
  int32_t result =
      with_arguments<List>(call, [&](Arguments &a) { return Formatter(call, sink, a).run(format); });
  GuestAddress text = result >= 0 && !sink.lost() ? call.allocate(sink.used() + 1) : 0;
  if (text != 0) {
    ESPB_WRITE(p, text, sink.used() + 1);
    if (sink.used() != 0)
      memcpy(p, sink.bytes(), sink.used());
    p[sink.used()] = 0;
  } else {
    result = -1;
  }
  return call.write_u32(cell, text) ? done(call, result) : ESPB_TRAP;
}

// ---- Streams
// ----------------------------------------------------------------------------------------------------------------------------

espb_status g_puts(espb_host_call *c) {
  Call call(c);
  ESPB_STRING(s, length, call.u32());
  fwrite(s, 1, length, streams.out());
  fputc('\n', streams.out());
  return call.return_u32(0);
}
espb_status g_putchar(espb_host_call *c) {
  Call call(c);
  return call.return_u32((uint32_t)fputc((int)(call.u32() & 0xff), streams.out()));
}
espb_status g_fputc(espb_host_call *c) {
  Call call(c);
  uint32_t value = call.u32() & 0xff;
  FILE *file = stream(call, call.u32());
  return file != nullptr ? call.return_u32((uint32_t)fputc((int)value, file)) : ESPB_TRAP;
}
espb_status g_fputs(espb_host_call *c) {
  Call call(c);
  ESPB_STRING(s, length, call.u32());
  FILE *file = stream(call, call.u32());
  if (file == nullptr)
    return ESPB_TRAP;
  fwrite(s, 1, length, file);
  return call.return_u32(0);
}
template <bool Write> espb_status transfer(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  uint64_t size = call.u32(), count = call.u32();
  FILE *file = stream(call, call.u32());
  if (file == nullptr)
    return ESPB_TRAP;
  uint64_t bytes = size * count;
  if (bytes == 0)
    return call.return_u32(0);
  if (bytes > UINT32_MAX)
    return call.out_of_bounds();
  if (Write) {
    ESPB_READ(p, at, (uint32_t)bytes);
    return call.return_u32((uint32_t)(fwrite(p, 1, bytes, file) / size));
  }
  ESPB_WRITE(p, at, (uint32_t)bytes);
  return call.return_u32((uint32_t)(fread(p, 1, bytes, file) / size));
}
espb_status g_fflush(espb_host_call *c) {
  Call call(c);
  GuestAddress pointer = call.u32();
  FILE *file = pointer != 0 ? stream(call, pointer) : streams.out();
  return file != nullptr ? call.return_u32((uint32_t)fflush(file)) : ESPB_TRAP;
}
espb_status g_fgetc(espb_host_call *c) {
  Call call(c);
  FILE *file = stream(call, call.u32());
  return file != nullptr ? call.return_u32((uint32_t)fgetc(file)) : ESPB_TRAP;
}
espb_status g_getchar(espb_host_call *c) { return Call(c).return_u32((uint32_t)fgetc(streams.in())); }
espb_status g_fgets(espb_host_call *c) {
  Call call(c);
  GuestAddress at = call.u32();
  int32_t size = call.i32();
  FILE *file = stream(call, call.u32());
  if (file == nullptr)
    return ESPB_TRAP;
  if (size <= 0)
    return call.return_u32(0);
  ESPB_WRITE(p, at, (uint32_t)size);
  return call.return_u32(fgets((char *)p, size, file) != nullptr ? at : 0);
}
espb_status g_ungetc(espb_host_call *c) {
  Call call(c);
  int32_t value = call.i32();
  FILE *file = stream(call, call.u32());
  return file != nullptr ? call.return_u32((uint32_t)ungetc(value, file)) : ESPB_TRAP;
}
template <int (*F)(FILE *)> espb_status stream_state(espb_host_call *c) {
  Call call(c);
  FILE *file = stream(call, call.u32());
  return file != nullptr ? call.return_u32(F(file) != 0) : ESPB_TRAP;
}
espb_status g_clearerr(espb_host_call *c) {
  Call call(c);
  if (FILE *file = stream(call, call.u32()))
    clearerr(file);
  return ESPB_OK;
}
espb_status g_perror(espb_host_call *c) {
  Call call(c);
  GuestAddress text = call.u32();
  uint32_t number = 0;
  if (call.library().errno_cell != 0)
    memcpy(&number, call.instance().memory + call.library().errno_cell, 4);
  if (text != 0) {
    ESPB_STRING(s, length, text);
    fwrite(s, 1, length, streams.err());
    fputs(": ", streams.err());
  }
  fprintf(streams.err(), "error %u\n", number);
  return ESPB_OK;
}

// ---- scanf
// --------------------------------------------------------------------------------------------------------------------------------

class Input {
public:
  explicit Input(FILE *file) : file_(file) {}
  Input(const char *text, uint32_t length) : text_(text), end_(text + length) {}
  int get() {
    ++count_;
    return file_ != nullptr ? fgetc(file_) : text_ < end_ ? (unsigned char)*text_++ : (past_ = true, EOF);
  }
  void unget(int c) {
    --count_;
    if (file_ != nullptr)
      ungetc(c, file_);
    else if (!past_)
      --text_;
  }
  uint32_t count() const { return count_; }

private:
  FILE *file_ = nullptr;
  const char *text_ = nullptr, *end_ = nullptr;
  bool past_ = false;
  uint32_t count_ = 0;
};

class Scanner {
public:
  Scanner(Call &call, Input &input, Arguments &arguments)
      : call_(call), input_(input), arguments_(arguments) {}

  int32_t run(GuestAddress format) {
    uint32_t length;
    const char *p = call_.string(format, &length);
    if (p == nullptr)
      return -1;
    for (const char *end = p + length; p < end && !call_.failed();) {
      if (isspace((unsigned char)*p)) {
        skip_spaces();
        ++p;
      } else if (*p != '%' || (p + 1 < end && p[1] == '%')) {
        if (*p == '%') {
          ++p;
          skip_spaces();
        }
        int c = input_.get();
        if (c != (unsigned char)*p) {
          input_.unget(c);
          return c == EOF && stored_ == 0 ? EOF : stored_;
        }
        ++p;
      } else if (!conversion(p, end)) {
        return at_end_ && stored_ == 0 ? EOF : stored_;
      }
    }
    return stored_;
  }

private:
  static constexpr uint32_t kMaxNumber = 400;

  void skip_spaces() {
    int c = input_.get();
    while (c != EOF && isspace(c))
      c = input_.get();
    input_.unget(c);
  }

  // False: no match or the end of the input.
  bool conversion(const char *&p, const char *end) {
    ++p;
    bool keep = true;
    if (p < end && *p == '*') {
      keep = false;
      ++p;
    }
    uint32_t width = 0;
    for (; p < end && isdigit((unsigned char)*p); ++p)
      width = width > kMaxField ? width : 10 * width + (uint32_t)(*p - '0');
    if (width == 0)
      width = UINT32_MAX;
    uint32_t bytes = 4, longs = 0;
    for (; p < end && strchr("hljztLq", *p) != nullptr; ++p) {
      if (*p == 'h')
        bytes /= 2;
      longs += *p == 'l';
      if (longs == 2 || *p == 'j' || *p == 'q')
        bytes = 8;
    }
    if (p >= end)
      return false;
    char letter = *p++;
    if (letter == 'n') {
      if (keep)
        store(input_.count(), bytes);
      return true;
    }
    if (letter != 'c' && letter != '[')
      skip_spaces();
    int c = input_.get();
    input_.unget(c);
    at_end_ = c == EOF;
    if (at_end_)
      return false;
    switch (letter) {
    case 'd':
    case 'u':
      return integer(10, width, keep, bytes);
    case 'i':
      return integer(0, width, keep, bytes);
    case 'o':
      return integer(8, width, keep, bytes);
    case 'x':
    case 'X':
    case 'p':
      return integer(16, width, keep, bytes);
    case 'a':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'F':
    case 'G':
      return real(width, keep, longs != 0);
    case 's':
      return text(width, keep, true, [](int k) { return !isspace(k); });
    case 'c':
      return text(width == UINT32_MAX ? 1 : width, keep, false, [](int) { return true; });
    case '[': {
      bool in_set[256] = {};
      bool inverted = p < end && *p == '^';
      if (inverted)
        ++p;
      for (bool first = true; p < end && (first || *p != ']'); first = false, ++p) {
        uint8_t low = (uint8_t)*p, high = low;
        if (p + 2 < end && p[1] == '-' && p[2] != ']') {
          high = (uint8_t)p[2];
          p += 2;
        }
        for (uint32_t k = low; k <= high; ++k)
          in_set[k] = true;
      }
      if (p >= end)
        return false;
      ++p;
      return text(width, keep, true, [&](int k) { return in_set[k & 0xff] != inverted; });
    }
    default:
      return false;
    }
  }

  void store(uint64_t value, uint32_t bytes) {
    if (uint8_t *p = call_.write(arguments_.word(), bytes))
      memcpy(p, &value, bytes);
  }

  // Takes characters while they can continue a number of the kind; `number` then holds its text.
  template <class Accepts> bool take(uint32_t width, char *number, Accepts accepts) {
    uint32_t length = 0;
    while (length < width && length < kMaxNumber) {
      int c = input_.get();
      if (c == EOF || !accepts(number, length, c)) {
        input_.unget(c);
        break;
      }
      number[length++] = (char)c;
    }
    number[length] = '\0';
    return length != 0;
  }

  bool integer(int base, uint32_t width, bool keep, uint32_t bytes) {
    char number[kMaxNumber + 1];
    take(width, number, [&](const char *so_far, uint32_t length, int c) {
      uint32_t sign = length > 0 && (so_far[0] == '+' || so_far[0] == '-');
      uint32_t digits = length - sign;
      if (c == '+' || c == '-')
        return length == 0;
      if (digits == 1 && so_far[sign] == '0' && (c == 'x' || c == 'X') && (base == 0 || base == 16))
        return true;
      int used = base != 0 ? base
                 : digits >= 1 && so_far[sign] == '0'
                     ? (digits >= 2 && (so_far[sign + 1] | 32) == 'x' ? 16 : 8)
                     : 10;
      return used == 16 ? isxdigit(c) != 0 : c >= '0' && c < '0' + used;
    });
    char *end;
    uint64_t value = number[0] == '-' ? (uint64_t)strtoll(number, &end, base) : strtoull(number, &end, base);
    if (end == number)
      return false;
    if (keep) {
      store(value, bytes);
      ++stored_;
    }
    return true;
  }

  bool real(uint32_t width, bool keep, bool is_double) {
    char number[kMaxNumber + 1];
    take(width, number, [](const char *so_far, uint32_t length, int c) {
      if (c == '+' || c == '-')
        return length == 0 || (so_far[length - 1] | 32) == 'e' || (so_far[length - 1] | 32) == 'p';
      return isalnum(c) != 0 || c == '.';
    });
    char *end;
    double value = strtod(number, &end);
    if (end == number)
      return false;
    if (keep) {
      uint64_t bits;
      float single = (float)value;
      if (is_double) {
        memcpy(&bits, &value, 8);
      } else {
        uint32_t low;
        memcpy(&low, &single, 4);
        bits = low;
      }
      store(bits, is_double ? 8 : 4);
      ++stored_;
    }
    return true;
  }

  template <class Accepts> bool text(uint32_t width, bool keep, bool ends, Accepts accepts) {
    GuestAddress at = keep ? arguments_.word() : 0;
    uint32_t length = 0;
    for (; length < width && !call_.failed(); ++length) {
      int c = input_.get();
      if (c == EOF || !accepts(c)) {
        input_.unget(c);
        break;
      }
      if (keep)
        if (uint8_t *p = call_.write(at + length, 1))
          *p = (uint8_t)c;
    }
    if (length == 0 || (!ends && length < width))
      return false;
    if (keep && ends)
      if (uint8_t *p = call_.write(at + length, 1))
        *p = 0;
    stored_ += keep;
    return true;
  }

  Call &call_;
  Input &input_;
  Arguments &arguments_;
  int32_t stored_ = 0;
  bool at_end_ = false;
};

espb_status g_scanf(espb_host_call *c) {
  Call call(c);
  GuestAddress format = call.u32();
  Input input(streams.in());
  return done(call,
              with_arguments<false>(call, [&](Arguments &a) { return Scanner(call, input, a).run(format); }));
}
template <bool List> espb_status g_sscanf(espb_host_call *c) {
  Call call(c);
  GuestAddress from = call.u32(), format = call.u32();
  ESPB_STRING(s, length, from);
  Input input(s, length);
  return done(call,
              with_arguments<List>(call, [&](Arguments &a) { return Scanner(call, input, a).run(format); }));
}

} // namespace

const Entry kFormatEntries[] = {
    {"printf", g_printf<false>},
    {"vprintf", g_printf<true>},
    {"fprintf", g_fprintf<false>},
    {"vfprintf", g_fprintf<true>},
    {"sprintf", g_sprintf<false, false>},
    {"vsprintf", g_sprintf<true, false>},
    {"snprintf", g_sprintf<false, true>},
    {"vsnprintf", g_sprintf<true, true>},
    {"asprintf", g_asprintf<false>},
    {"vasprintf", g_asprintf<true>},
    {"puts", g_puts},
    {"putchar", g_putchar},
    {"putc", g_fputc},
    {"fputc", g_fputc},
    {"fputs", g_fputs},
    {"fwrite", transfer<true>},
    {"fread", transfer<false>},
    {"fflush", g_fflush},
    {"fgetc", g_fgetc},
    {"getc", g_fgetc},
    {"getchar", g_getchar},
    {"fgets", g_fgets},
    {"ungetc", g_ungetc},
    {"feof", stream_state<feof>},
    {"ferror", stream_state<ferror>},
    {"clearerr", g_clearerr},
    {"perror", g_perror},
    {"scanf", g_scanf},
    {"sscanf", g_sscanf<false>},
    {"vsscanf", g_sscanf<true>},
    {nullptr, nullptr},
};

} // namespace espb::libc
