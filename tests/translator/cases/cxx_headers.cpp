// The C++ headers that guests have, together and in use.
// EXIT: 1
// OUT: 4 3 2 1 3 1 7 7 2 2 1.414214 5 ~S
#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cctype>
#include <cerrno>
#include <cfloat>
#include <cinttypes>
#include <climits>
#include <cmath>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <numeric>
#include <type_traits>
#include <typeinfo>
#include <utility>
struct S {
  virtual ~S() { printf("~S\n"); }
  int v = 3;
};
struct T : S {};
int main() {
  std::array<int, 4> a{4, 2, 3, 1};
  std::sort(a.begin(), a.end(), std::greater<>());
  for (int x : a)
    printf("%d ", x);
  std::unique_ptr<S> p = std::make_unique<T>();
  S &o = *p;
  printf("%d %d ", p->v, typeid(o) == typeid(T) && dynamic_cast<T *>(p.get()) != nullptr);
  auto q = std::make_unique<int[]>(5);
  int b[] = {3, 4};
  q[2] = std::accumulate(std::begin(b), std::end(b), 0) + (int)std::size(b) - (int)std::distance(std::begin(b), std::end(b));
  std::atomic<int> n{3};
  n += 4;
  std::atomic<uint64_t> w{1};
  w++;
  auto [x, y] = std::pair<int, int>(1, 2);
  assert(x == 1);
  std::swap(x, y);
  errno = 3;
  static_assert(std::numeric_limits<int>::max() == INT_MAX && std::numeric_limits<uint8_t>::max() == 255 &&
                std::numeric_limits<int64_t>::min() == INT64_MIN);
  printf("%d %d %d %d %f %d ", q[2], (int)n, (int)w.load(), x, std::sqrt(2.0f), std::max({1, 5, 2}));
  return std::min(x, y);
}
