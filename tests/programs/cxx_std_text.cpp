// Strings, string views, conversions and std::format.
// FLAGS: -std=c++23
// HOSTFLAGS: -std=c++23
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

using namespace std::literals;

static void show(const std::string &s) { printf("%s|%d\n", s.c_str(), (int)s.size()); }

template <typename T> static void number(T x) {
  char buffer[64];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, x);
  T back{};
  auto r = std::from_chars(buffer, end, back);
  printf("%.*s %d %d\n", (int)(end - buffer), buffer, back == x, r.ptr == end && error == std::errc() && r.ec == std::errc());
}

int main() {
  std::string s = "abc";
  for (int i = 0; i < 5; ++i)
    s += s;
  show(s);
  s.erase(3, 80).insert(2, "--").replace(0, 1, "first ").append(3, '!');
  show(s);
  show(s.substr(4, 6) + "x" + std::string(2, 'y') + 'z');
  printf("%d %d %d %d %d\n", (int)s.find("--"), (int)s.rfind('!'), (int)s.find_first_of("xyz!"), (int)s.find_last_not_of('!'),
         s.find("nothing") == std::string::npos);
  printf("%d %d %d %d\n", s.starts_with("first"), s.ends_with("?"), s.contains("bc"), s < "g" && s == s && s.compare("f") > 0);
  std::string_view view = "key = value"sv;
  auto at = view.find('=');
  auto key = view.substr(0, at - 1), value = view.substr(at + 2);
  printf("[%.*s][%.*s]\n", (int)key.size(), key.data(), (int)value.size(), value.data());
  show("short"s + std::string(view.rbegin(), view.rend()));
  s.clear();
  s.shrink_to_fit();
  s.reserve(100);
  s.push_back('q');
  s.resize(4, '.');
  show(s);
  std::string moved = std::move(s);
  show(moved);
  show(std::to_string(-42) + "," + std::to_string(18446744073709551615ull) + "," + std::to_string(2.5) + "," + std::to_string(1e10f));
  size_t used;
  printf("%d %d %ld %lld %g %g\n", std::stoi("0x1f", &used, 16), (int)used, std::stol("  -99x"), std::stoll("-9000000000"),
         std::stod("2.5e3"), std::stof("0.125"));
  number(0);
  number(-2147483647 - 1);
  number(18446744073709551615ull);
  number(0.1);
  number(1.0 / 3);
  number(-1.5e-7);
  number(1e22);
  number(123456.0);
  number(5e-324);
  number(0.1f);
  number(16777216.0f);
  number(100000.0);
  char b[32];
  auto e = std::to_chars(b, b + 32, 255, 2).ptr;
  printf("%.*s", (int)(e - b), b);
  e = std::to_chars(b, b + 32, 3.14159, std::chars_format::fixed, 2).ptr;
  printf(" %.*s", (int)(e - b), b);
  e = std::to_chars(b, b + 32, 31415.9, std::chars_format::scientific, 3).ptr;
  printf(" %.*s", (int)(e - b), b);
  e = std::to_chars(b, b + 32, 1.5, std::chars_format::hex).ptr;
  printf(" %.*s %d", (int)(e - b), b, std::to_chars(b, b + 2, 12345).ec == std::errc::value_too_large);
  e = std::to_chars(b, b + 32, 1234567.0, std::chars_format::general).ptr;
  printf(" %.*s\n", (int)(e - b), b);
  int n = 5;
  auto bad = std::from_chars("abc", b, n);
  double d = 0;
  const char *text = "-12.5e1rest", *inf = "INFx";
  auto ok = std::from_chars(text, text + strlen(text), d);
  printf("%d %d %g %s", bad.ec == std::errc::invalid_argument, n, d, ok.ptr);
  ok = std::from_chars(inf, inf + 4, d);
  printf(" %d %s\n", std::isinf(d), ok.ptr);
  return 0;
}
