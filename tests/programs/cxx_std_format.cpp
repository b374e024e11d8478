// std::format.
// HOSTFLAGS: -stdlib=libc++
#include <cstdio>
#include <format>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace std::literals;

struct Rgb {
  int r, g, b;
};
template <> struct std::formatter<Rgb> : std::formatter<std::string> {
  auto format(const Rgb &c, std::format_context &context) const {
    return std::format_to(context.out(), "#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
  }
};

static void show(const std::string &s) { printf("%s|%d\n", s.c_str(), (int)s.size()); }

int main() {
  show(std::format("{} {:>6} {:<6}| {:^7} {:#x} {:08.3f} {:+d}", "text", 42, 7, "mid", 255, 3.14159, 5));
  show(std::format("{1} {0} {2} {3} {4}", 1, 'c', true, 2.5, 0.1f));
  show(std::format("{:{}}|{:.2e}|{:*^9}|{}", 5, 4, 12345.678, "x"sv, Rgb{255, 128, 0}));
  show(std::format("{:b} {:o} {} {}", 10u, 8, -9000000000ll, 1e100));
  std::vector<char> out;
  std::format_to(std::back_inserter(out), "{}-{}", "a", 1);
  printf("%.*s %d\n", (int)out.size(), out.data(), (int)std::formatted_size("{:5}", 1));
  return 0;
}
