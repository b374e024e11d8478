// SPDX-License-Identifier: Apache-2.0
// What libc++'s headers leave to its library: float and double to and from characters, over the C library's
// own conversions.
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <type_traits>

_LIBCPP_BEGIN_NAMESPACE_STD

namespace {

to_chars_result put(char *first, char *last, const char *text, size_t size) {
  if (size_t(last - first) < size)
    return {last, errc::value_too_large};
  memcpy(first, text, size);
  return {first + size, errc()};
}

// What printf makes of it. `skip` characters after the sign are left out: the 0x of %a.
to_chars_result print(char *first, char *last, const char *format, int precision, double value,
                      int skip = 0) {
  int size = snprintf(nullptr, 0, format, precision, value);
  char *text = static_cast<char *>(__builtin_alloca(size + 1));
  snprintf(text, size + 1, format, precision, value);
  if (skip) {
    int sign = text[0] == '-';
    memmove(text + sign, text + sign + skip, size - sign - skip);
    size -= skip;
  }
  return put(first, last, text, size);
}

bool is_special(double value) { return value - value != 0; }

// The fewest digits that read back as the same value, in the form of %e.
template <typename T> int shortest(char *text, T value) {
  int digits = 1;
  for (;; ++digits) {
    snprintf(text, 32, "%.*e", digits - 1, double(value));
    T back;
    if constexpr (is_same_v<T, float>)
      back = strtof(text, nullptr);
    else
      back = strtod(text, nullptr);
    if (back == value || digits == 17)
      return digits;
  }
}

enum class Form { kShorter, kFixed, kScientific, kGeneral };

template <typename T> to_chars_result plain(char *first, char *last, T value, Form form) {
  if (is_special(value))
    return print(first, last, "%.*f", 0, value);
  char text[32];
  int digits = shortest(text, value);
  const char *exponent_text = strchr(text, 'e');
  int exponent = atoi(exponent_text + 1), sign = text[0] == '-';
  bool fixed = form == Form::kFixed;
  if (form == Form::kGeneral)
    fixed = exponent >= -4 && exponent < 6;
  if (form == Form::kShorter) {
    int as_fixed = exponent < 0 ? digits + 1 - exponent : exponent + 1 >= digits ? exponent + 1 : digits + 1;
    fixed = sign + as_fixed <= int(strlen(text));
  }
  if (!fixed)
    return put(first, last, text, strlen(text));
  int places = digits - 1 - exponent;
  return print(first, last, "%.*f", places > 0 ? places : 0, value);
}

template <typename T> to_chars_result formatted(char *first, char *last, T value, chars_format format) {
  switch (format) {
  case chars_format::fixed:
    return plain(first, last, value, Form::kFixed);
  case chars_format::scientific:
    return plain(first, last, value, Form::kScientific);
  case chars_format::general:
    return plain(first, last, value, Form::kGeneral);
  default: {
    char text[32]; // of a double, whose digits end in zeros when it was a float
    int size = snprintf(text, sizeof text, "%a", double(value));
    int sign = text[0] == '-', skip = is_special(value) ? 0 : 2;
    memmove(text + sign, text + sign + skip, size - sign - skip);
    return put(first, last, text, size - skip);
  }
  }
}

to_chars_result precise(char *first, char *last, double value, chars_format format, int precision) {
  if (precision < 0)
    precision = 6;
  switch (format) {
  case chars_format::fixed:
    return print(first, last, "%.*f", precision, value);
  case chars_format::scientific:
    return print(first, last, "%.*e", precision, value);
  case chars_format::general:
    return print(first, last, "%.*g", precision, value);
  default:
    return print(first, last, "%.*a", precision, value, is_special(value) ? 0 : 2);
  }
}

bool is_digit(char c, bool hex) {
  return (c >= '0' && c <= '9') || (hex && (c | 32) >= 'a' && (c | 32) <= 'f');
}

bool starts(const char *p, const char *last, const char *word) {
  for (; *word; ++p, ++word)
    if (p == last || (*p | 32) != *word)
      return false;
  return true;
}

// How many characters are a number.
size_t measure(const char *first, const char *last, chars_format format) {
  const char *p = first;
  const bool hex = format == chars_format::hex;
  if (p != last && *p == '-')
    ++p;
  for (const char *word : {"infinity", "inf", "nan"})
    if (starts(p, last, word))
      return p + strlen(word) - first;
  bool any = false, point = false;
  for (; p != last && (is_digit(*p, hex) || (*p == '.' && !point)); ++p)
    *p == '.' ? point = true : any = true;
  if (!any)
    return 0;
  if (format == chars_format::fixed)
    return p - first;
  const char *q = p;
  if (q != last && (*q | 32) == (hex ? 'p' : 'e')) {
    if (++q != last && (*q == '+' || *q == '-'))
      ++q;
    if (q != last && is_digit(*q, false)) {
      while (q != last && is_digit(*q, false))
        ++q;
      return q - first;
    }
  }
  return format == chars_format::scientific ? 0 : p - first;
}

} // namespace

#define ESPB_TO_CHARS(type)                                                                                  \
  to_chars_result to_chars(char *first, char *last, type value) {                                            \
    return plain(first, last, value, Form::kShorter);                                                        \
  }                                                                                                          \
  to_chars_result to_chars(char *first, char *last, type value, chars_format format) {                       \
    return formatted(first, last, value, format);                                                            \
  }                                                                                                          \
  to_chars_result to_chars(char *first, char *last, type value, chars_format format, int precision) {        \
    return precise(first, last, value, format, precision);                                                   \
  }
ESPB_TO_CHARS(float)
ESPB_TO_CHARS(double)
ESPB_TO_CHARS(long double)

template <typename T>
__from_chars_result<T> __from_chars_floating_point(_LIBCPP_NOESCAPE const char *first,
                                                   _LIBCPP_NOESCAPE const char *last, chars_format format) {
  size_t size = measure(first, last, format);
  if (!size)
    return {T(), 0, errc::invalid_argument};
  // strtod wants an end, and 0x before hexadecimal digits.
  char *text = static_cast<char *>(__builtin_alloca(size + 3)), *to = text;
  size_t sign = *first == '-';
  if (sign)
    *to++ = '-';
  if (format == chars_format::hex && is_digit(first[sign] == '.' ? '0' : first[sign], true)) {
    *to++ = '0';
    *to++ = 'x';
  }
  memcpy(to, first + sign, size - sign);
  to[size - sign] = 0;
  int saved = errno;
  errno = 0;
  T value;
  if constexpr (is_same_v<T, float>)
    value = strtof(text, nullptr);
  else
    value = strtod(text, nullptr);
  // A subnormal number is one, though strtod says ERANGE.
  errc error = errno == ERANGE && (value == 0 || is_special(value)) ? errc::result_out_of_range : errc();
  errno = saved;
  return {value, ptrdiff_t(size), error};
}
template __from_chars_result<float> __from_chars_floating_point(_LIBCPP_NOESCAPE const char *,
                                                                _LIBCPP_NOESCAPE const char *, chars_format);
template __from_chars_result<double> __from_chars_floating_point(_LIBCPP_NOESCAPE const char *,
                                                                 _LIBCPP_NOESCAPE const char *, chars_format);

_LIBCPP_END_NAMESPACE_STD
