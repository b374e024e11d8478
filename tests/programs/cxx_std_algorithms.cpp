// Algorithms, ranges, spans and bits of the C++ library.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <numbers>
#include <numeric>
#include <random>
#include <ranges>
#include <ratio>
#include <span>
#include <string>
#include <valarray>
#include <vector>

struct Record {
  int key;
  std::string name;
};

static uint32_t seed = 12345;
static uint32_t next() { return seed = seed * 1664525 + 1013904223; }

template <typename T> static unsigned digest(const T &range) {
  unsigned h = 0;
  for (auto &&x : range)
    h = h * 31 + (unsigned)x;
  return h;
}

template <typename T> static void sorts(const char *what, int n, int shape) {
  std::vector<T> v(n);
  for (int i = 0; i < n; ++i)
    switch (shape) {
    case 0: v[i] = T(next() >> 8); break;
    case 1: v[i] = T(i); break;
    case 2: v[i] = T(n - i); break;
    case 3: v[i] = T(next() % 3); break;
    case 4: v[i] = T(i < n / 2 ? i : n - i); break;
    }
  auto w = v;
  std::sort(v.begin(), v.end());
  std::sort(w.begin(), w.end(), std::greater<T>());
  std::reverse(w.begin(), w.end());
  printf("%s %d %d %d %08x\n", what, shape, std::is_sorted(v.begin(), v.end()), v == w, digest(v));
}

template <typename... T> static int sum(T... x) { return (x + ... + 0); }

int main() {
  for (int shape = 0; shape < 5; ++shape) {
    sorts<int>("int", 500, shape);
    sorts<short>("short", 100, shape);
    sorts<uint64_t>("u64", 100, shape);
    sorts<double>("double", 100, shape);
  }
  std::vector<Record> records;
  for (int i = 0; i < 200; ++i)
    records.push_back({(int)(next() >> 16) % 10, std::to_string(i)});
  auto by_key = [](const Record &a, const Record &b) { return a.key < b.key; };
  std::stable_sort(records.begin(), records.end(), by_key);
  bool stable = true;
  for (size_t i = 1; i < records.size(); ++i)
    if (records[i - 1].key == records[i].key && std::stoi(records[i - 1].name) > std::stoi(records[i].name))
      stable = false;
  printf("stable %d\n", stable);
  std::sort(records.begin(), records.end(), [](auto &a, auto &b) { return a.name < b.name; });
  printf("%s %s\n", records[0].name.c_str(), records[199].name.c_str());
  std::ranges::sort(records, std::ranges::greater{}, &Record::key);
  printf("%d %d\n", records.front().key, records.back().key);
  std::vector<std::unique_ptr<int>> owners;
  for (int i = 0; i < 50; ++i)
    owners.push_back(std::make_unique<int>(next() >> 20));
  std::sort(owners.begin(), owners.end(), [](auto &a, auto &b) { return *a < *b; });
  std::deque<int> d;
  for (int i = 0; i < 300; ++i)
    d.push_front(next() >> 4);
  std::sort(d.begin(), d.end());
  printf("%d %d\n", *owners[0] <= *owners[49], std::is_sorted(d.begin(), d.end()));

  std::vector<int> v(30);
  std::iota(v.begin(), v.end(), 1);
  std::rotate(v.begin(), v.begin() + 7, v.end());
  std::nth_element(v.begin(), v.begin() + 15, v.end());
  printf("nth %d max %d min %d\n", v[15], *std::max_element(v.begin(), v.end()), *std::ranges::min_element(v));
  auto mid = std::partition(v.begin(), v.end(), [](int x) { return x % 3 == 0; });
  std::sort(v.begin(), mid);
  printf("partition %d sum %d product %lld\n", (int)(mid - v.begin()), std::accumulate(v.begin(), v.end(), 0),
         std::accumulate(v.begin(), v.begin() + 8, 1LL, std::multiplies<>()));
  std::sort(v.begin(), v.end());
  v.insert(v.end(), {4, 4, 9});
  std::inplace_merge(v.begin(), v.begin() + 30, v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
  auto [lo, hi] = std::minmax({5, 2, 8});
  printf("unique %d bound %d found %d minmax %d %d clamp %d\n", (int)v.size(),
         (int)(std::lower_bound(v.begin(), v.end(), 17) - v.begin()), std::binary_search(v.begin(), v.end(), 31), lo, hi,
         std::clamp(15, 0, 9));
  std::vector<int> perm{1, 2, 3, 4};
  int count = 0;
  do
    ++count;
  while (std::next_permutation(perm.begin(), perm.end()));
  std::vector<int> heap{3, 1, 4, 1, 5, 9, 2, 6};
  std::make_heap(heap.begin(), heap.end());
  std::pop_heap(heap.begin(), heap.end());
  std::vector<int> out;
  std::transform(heap.begin(), heap.end(), std::back_inserter(out), [](int x) { return x * x; });
  std::partial_sum(out.begin(), out.end(), out.begin());
  printf("permutations %d heap %d sums %d gcd %d lcm %d inner %d\n", count, heap.back(), out.back(), std::gcd(84, 36),
         std::lcm(4, 6), std::inner_product(heap.begin(), heap.end(), out.begin(), 0));

  namespace views = std::views;
  for (int x : views::iota(1) | views::filter([](int x) { return x % 2; }) | views::transform([](int x) { return x * x; }) |
                   views::drop(2) | views::take(4))
    printf("%d ", x);
  std::string text = "split these words";
  for (auto word : text | views::split(' '))
    printf("[%.*s]", (int)std::ranges::distance(word), &*word.begin());
  for (int x : v | views::reverse | views::take(3))
    printf(" %d", x);
  printf(" %d\n", std::ranges::count_if(v, [](int x) { return x > 20; }) == 10);

  int raw[] = {1, 2, 3, 4, 5, 6};
  std::span<int> all(raw), tail = all.subspan(2);
  std::span<int, 2> first = all.first<2>();
  tail[0] = 40;
  printf("span %d %d %d %d\n", (int)all.size(), raw[2], first[1], (int)tail.size_bytes());
  printf("bit %d %d %d %u %u %d %08x\n", std::popcount(0xf0f0u), std::countl_zero(1u << 20), std::countr_zero(96u),
         std::bit_ceil(100u), std::rotl(0x80000001u, 4), std::has_single_bit(64u), std::bit_cast<uint32_t>(1.5f));
  static_assert(std::endian::native == std::endian::little && std::ratio_add<std::ratio<1, 2>, std::ratio<1, 3>>::num == 5);
  printf("numbers %.6f %d %g %d\n", std::numbers::pi, std::numeric_limits<int8_t>::max(),
         std::numeric_limits<double>::max(), sum(1, 2, 3));
  printf("cmath %g %g %d %g %g %d\n", std::hypot(3.0, 4.0), std::pow(2.0f, 10), (int)std::lround(2.5), std::fmod(7.5, 2),
         std::lerp(1.0, 3.0, 0.25), std::isnan(std::nan("")));
  std::complex<float> c(1, 2);
  c *= std::complex<float>(0, 1);
  printf("complex %g %g %g\n", c.real(), c.imag(), std::norm(c));
  std::mt19937 engine(42);
  std::uniform_int_distribution<int> die(1, 6);
  bool fair = true;
  for (int i = 0; i < 200; ++i) {
    int x = die(engine);
    fair &= x >= 1 && x <= 6;
  }
  printf("random %u %d\n", (unsigned)std::mt19937(7)(), fair);
  std::valarray<int> va{1, 2, 3};
  va *= 3;
  printf("valarray %d\n", va.sum());
  return 0;
}
