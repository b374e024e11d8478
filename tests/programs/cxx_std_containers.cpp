// Containers of the C++ library: growth, order, erasure, moves, nesting, classes with destructors as elements.
#include <algorithm>
#include <array>
#include <bitset>
#include <cstdio>
#include <deque>
#include <forward_list>
#include <initializer_list>
#include <list>
#include <map>
#include <queue>
#include <set>
#include <stack>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

static int alive;
struct Item {
  int id;
  Item(int i = 0) : id(i) { ++alive; }
  Item(const Item &o) : id(o.id) { ++alive; }
  Item(Item &&o) noexcept : id(o.id) { ++alive, o.id = -1; }
  Item &operator=(const Item &) = default;
  ~Item() { --alive; }
  bool operator<(const Item &o) const { return id < o.id; }
};

struct Point {
  int x, y;
  bool operator==(const Point &) const = default;
};
template <> struct std::hash<Point> {
  size_t operator()(const Point &p) const { return p.x * 31 + p.y; }
};

static int total(std::initializer_list<int> l) {
  int s = 0;
  for (int x : l)
    s += x;
  return s;
}

int main() {
  {
    std::vector<Item> v;
    for (int i = 0; i < 100; ++i)
      v.emplace_back(i * 7 % 100);
    std::sort(v.begin(), v.end());
    v.erase(v.begin() + 10, v.begin() + 90);
    v.insert(v.begin() + 5, Item(555));
    printf("vector %d %d %d %d alive %d\n", (int)v.size(), v[4].id, v[5].id, v.back().id, alive);
    std::vector<Item> w = std::move(v);
    v = {Item(1), Item(2)};
    std::swap(v, w);
    w.resize(5);
    w.shrink_to_fit();
    printf("moved %d %d %d %d\n", (int)v.size(), (int)w.size(), w[1].id, w[4].id);
  }
  printf("alive %d\n", alive);
  {
    std::deque<Item> d;
    for (int i = 0; i < 3000; ++i)
      i % 3 ? d.push_back(i) : d.push_front(i);
    for (int i = 0; i < 2000; ++i)
      i % 2 ? d.pop_back() : d.pop_front();
    long sum = 0;
    for (auto &x : d)
      sum += x.id;
    std::list<Item> l(d.begin(), d.begin() + 20);
    l.sort();
    l.reverse();
    std::list<Item> other{Item(7), Item(8)};
    l.splice(std::next(l.begin()), other);
    l.remove_if([](const Item &i) { return i.id % 2; });
    std::forward_list<int> f{3, 1, 2};
    f.sort();
    f.push_front(9);
    printf("deque %d %d %ld list %d %d forward", (int)d.size(), d[17].id, sum, (int)l.size(), l.front().id);
    for (int x : f)
      printf(" %d", x);
    printf("\n");
  }
  printf("alive %d\n", alive);
  {
    std::map<std::string, std::vector<int>> m;
    const char *words[] = {"one", "two", "three", "four", "a much longer key than fits into the object itself"};
    for (int i = 0; i < 50; ++i)
      m[words[i % 5]].push_back(i);
    m.erase("two");
    if (auto it = m.find("three"); it != m.end())
      it->second.clear();
    for (const auto &[key, value] : m)
      printf("%s: %d%s", key.c_str(), (int)value.size(), &key == &m.rbegin()->first ? "\n" : ", ");
    auto [it, fresh] = m.try_emplace("five", 3, 1);
    printf("%d %d %d\n", fresh, (int)it->second.size(), (int)m.count("six"));
    std::multimap<int, char> mm{{2, 'b'}, {1, 'a'}, {2, 'c'}};
    auto range = mm.equal_range(2);
    for (auto i = range.first; i != range.second; ++i)
      printf("%c", i->second);
    std::set<Item> s;
    for (int i = 0; i < 64; ++i)
      s.insert(i * 37 % 64);
    s.erase(s.find(10), s.find(20));
    printf(" %d %d %d\n", (int)s.size(), s.lower_bound(10)->id, s.begin()->id);
  }
  printf("alive %d\n", alive);
  {
    std::unordered_map<std::string, int> u;
    for (int i = 0; i < 500; ++i)
      u["key" + std::to_string(i % 173)] += i;
    std::vector<std::pair<std::string, int>> sorted(u.begin(), u.end());
    std::sort(sorted.begin(), sorted.end());
    printf("unordered %d %s %d %d\n", (int)u.size(), sorted[100].first.c_str(), sorted[100].second, u.at("key172"));
    std::unordered_set<Point> points;
    for (int i = 0; i < 1000; ++i)
      points.insert({i % 9, i % 11});
    std::unordered_map<int, double> d{{1, 1.5}, {2, 2.5}};
    d.erase(1);
    printf("points %d %d %g\n", (int)points.size(), (int)points.count({8, 10}), d[2]);
  }
  std::array<int, 6> a{5, 3, 1, 4, 2, 0};
  auto [p, q, r, s, t, z] = a;
  std::tuple<int, std::string, double> tup{1, "tuple", 2.5};
  auto &[ti, ts, td] = tup;
  td *= 2;
  printf("array %d %d %d tuple %d %s %g %d\n", p + q, r, s + t + z, ti, ts.c_str(), std::get<2>(tup),
         (int)(std::tie(ti, td) < std::make_tuple(1, 6.0)));
  std::priority_queue<int, std::vector<int>, std::greater<>> pq;
  std::queue<int> fifo;
  std::stack<int> lifo;
  for (int x : a)
    pq.push(x), fifo.push(x), lifo.push(x);
  printf("queues %d %d %d %d\n", pq.top(), fifo.front(), lifo.top(), total({1, 2, 3}));
  std::bitset<70> bits("1011");
  bits.set(69).flip(0);
  printf("bits %d %d %s\n", (int)bits.count(), bits.test(3), bits.to_string().substr(60).c_str());
  std::vector<bool> flags(100);
  for (int i = 0; i < 100; i += 3)
    flags[i] = true;
  flags.flip();
  printf("flags %d\n", (int)std::count(flags.begin(), flags.end(), true));
  return 0;
}
