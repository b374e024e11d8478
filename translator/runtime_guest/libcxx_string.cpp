// SPDX-License-Identifier: Apache-2.0
// What libc++'s headers leave to its library: strings of char, and numbers to and from them.
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>

_LIBCPP_BEGIN_NAMESPACE_STD

#define ESPB_DEFINE(...) template __VA_ARGS__;
_LIBCPP_STRING_V1_EXTERN_TEMPLATE_LIST(ESPB_DEFINE, char)
#undef ESPB_DEFINE
template string operator+ <char, char_traits<char>, allocator<char>>(const char *, const string &);

namespace {
template <typename T> string integer(T value) {
  char buffer[24];
  return string(buffer, to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

// Of %f a double has up to 309 digits before the point.
string floating(double value) {
  int size = snprintf(nullptr, 0, "%f", value);
  string text(size > 0 ? size : 0, '\0');
  snprintf(text.data(), text.size() + 1, "%f", value);
  return text;
}

// strtol and its like, with the checks of stoi and its like.
template <typename T, typename F> T parse(const char *name, const string &text, size_t *used, F convert) {
  const char *begin = text.c_str();
  char *end;
  int saved = errno;
  errno = 0;
  T value = convert(begin, &end);
  int error = errno;
  errno = saved;
  if (end == begin)
    _LIBCPP_VERBOSE_ABORT("std::%s: no number in \"%s\"", name, begin);
  if (error == ERANGE)
    _LIBCPP_VERBOSE_ABORT("std::%s: \"%s\" is out of range", name, begin);
  if (used)
    *used = end - begin;
  return value;
}
} // namespace

string to_string(int v) { return integer(v); }
string to_string(unsigned v) { return integer(v); }
string to_string(long v) { return integer(v); }
string to_string(unsigned long v) { return integer(v); }
string to_string(long long v) { return integer(v); }
string to_string(unsigned long long v) { return integer(v); }
string to_string(float v) { return floating(v); }
string to_string(double v) { return floating(v); }
string to_string(long double v) { return floating(v); }

// int and long have the same range.
#define ESPB_INTEGER(name, type, function)                                                                   \
  type name(const string &text, size_t *used, int base) {                                                    \
    return parse<type>(#name, text, used,                                                                    \
                       [base](const char *p, char **end) { return function(p, end, base); });                \
  }
ESPB_INTEGER(stoi, int, strtol)
ESPB_INTEGER(stol, long, strtol)
ESPB_INTEGER(stoul, unsigned long, strtoul)
ESPB_INTEGER(stoll, long long, strtoll)
ESPB_INTEGER(stoull, unsigned long long, strtoull)
float stof(const string &text, size_t *used) { return parse<float>("stof", text, used, strtof); }
double stod(const string &text, size_t *used) { return parse<double>("stod", text, used, strtod); }
long double stold(const string &text, size_t *used) { return parse<double>("stold", text, used, strtod); }

_LIBCPP_END_NAMESPACE_STD
