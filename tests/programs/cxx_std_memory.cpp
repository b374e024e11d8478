// Smart pointers, std::function, optional, variant, any, expected, memory resources, error codes and exception objects.
// FLAGS: -std=c++23
// HOSTFLAGS: -std=c++23
#include <any>
#include <atomic>
#include <chrono>
#include <compare>
#include <concepts>
#include <cstdio>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <new>
#include <optional>
#include <source_location>
#include <stdexcept>
#include <string>
#include <system_error>
#include <typeindex>
#include <typeinfo>
#include <variant>
#include <vector>

struct Node : std::enable_shared_from_this<Node> {
  std::string name;
  std::vector<std::shared_ptr<Node>> children;
  std::weak_ptr<Node> parent;
  explicit Node(std::string n) : name(std::move(n)) {}
  ~Node() { printf("~%s ", name.c_str()); }
  std::shared_ptr<Node> add(const char *n) {
    auto child = std::make_shared<Node>(n);
    child->parent = shared_from_this();
    children.push_back(child);
    return child;
  }
};

class Event {
  std::vector<std::function<void(int)>> observers_;

public:
  void on(std::function<void(int)> f) { observers_.push_back(std::move(f)); }
  void fire(int x) {
    for (auto &f : observers_)
      f(x);
  }
};

struct Counter {
  int n = 0;
  void add(int x) { n += x; }
};

struct Circle {
  double r;
};
struct Square {
  double a;
};
using Shape = std::variant<Circle, Square, std::string>;
template <class... T> struct Overloaded : T... {
  using T::operator()...;
};

static std::expected<int, std::string> parse(const char *s) {
  if (*s < '0' || *s > '9')
    return std::unexpected(std::string("no digit: ") + s);
  return *s - '0';
}

template <std::integral T> static T twice(T x) { return 2 * x; }

struct Version {
  int major, minor;
  auto operator<=>(const Version &) const = default;
};

struct alignas(64) Line {
  char data[64];
};

int main() {
  {
    auto root = std::make_shared<Node>("root");
    auto leaf = root->add("a")->add("b");
    std::weak_ptr<Node> weak = leaf->parent;
    printf("%s %ld %s\n", weak.lock()->name.c_str(), root.use_count(), leaf->parent.lock()->parent.lock()->name.c_str());
    root.reset();
    printf("expired %d\n", weak.expired());
    std::shared_ptr<const char> alias(leaf, leaf->name.c_str());
    leaf.reset();
    printf("%s\n", alias.get());
  }
  printf("\n");
  {
    int freed = 0;
    auto closer = [&freed](FILE *) { ++freed; };
    {
      std::unique_ptr<FILE, decltype(closer)> file(stdout, closer);
      std::shared_ptr<int> sp(new int[3], std::default_delete<int[]>());
      auto array = std::make_unique<Line[]>(3);
      printf("aligned %d\n", (int)(reinterpret_cast<uintptr_t>(&array[1]) % 64));
    }
    printf("freed %d\n", freed);
  }
  Event event;
  Counter counter;
  int big[20] = {1};
  std::string log;
  event.on([](int x) { printf("plain %d\n", x); });
  event.on([&](int x) { log += std::to_string(x) + ";"; });
  event.on([big, &counter](int x) { counter.add(big[0] * x); });
  event.on(std::bind(&Counter::add, &counter, std::placeholders::_1));
  event.fire(3);
  event.fire(4);
  std::function<int(int, int)> op = std::plus<>();
  std::function<int(int, int)> empty;
  printf("%s %d %d %d %d\n", log.c_str(), counter.n, op(2, 3), bool(empty), std::invoke(&Counter::n, counter));

  std::optional<std::string> o;
  printf("%s ", o.value_or("none").c_str());
  o = "some";
  printf("%s %d\n", o->c_str(), (int)o.transform([](auto &s) { return s.size(); }).value());
  for (const Shape &shape : {Shape(Circle{1}), Shape(Square{2}), Shape("text")})
    printf("%.3f ", std::visit(Overloaded{[](const Circle &c) { return 3.14159 * c.r * c.r; },
                                         [](const Square &s) { return s.a * s.a; },
                                         [](const std::string &s) { return double(s.size()); }},
                               shape));
  Shape shape = Square{5};
  printf("%d %d\n", (int)shape.index(), std::get_if<Circle>(&shape) == nullptr);
  std::any any = 5;
  any = std::string("any");
  printf("%s %d\n", std::any_cast<std::string &>(any).c_str(), std::any_cast<int>(&any) == nullptr);
  auto good = parse("7"), bad = parse("x");
  printf("%d %s\n", *good, bad.error().c_str());

  char buffer[512];
  std::pmr::monotonic_buffer_resource *unused = nullptr;
  (void)unused, (void)buffer;
  std::pmr::vector<int> pv({1, 2, 3}, std::pmr::new_delete_resource());
  printf("pmr %d %d\n", (int)pv.size(), std::pmr::get_default_resource() == std::pmr::new_delete_resource());

  std::error_code code = std::make_error_code(std::errc::invalid_argument);
  printf("%d %s %d\n", code == std::errc::invalid_argument, code.category().name(), bool(std::error_code()));
  std::runtime_error error("went wrong"), copy = error;
  const std::exception &base = copy;
  printf("%s %d %d\n", base.what(), dynamic_cast<const std::runtime_error *>(&base) != nullptr,
         dynamic_cast<const std::logic_error *>(&base) != nullptr);
  std::map<std::type_index, int> types{{typeid(int), 1}, {typeid(Counter), 2}};
  printf("%d %d\n", types[typeid(Counter)], (Version{1, 2} <=> Version{1, 3}) < 0);

  using namespace std::chrono_literals;
  auto start = std::chrono::steady_clock::now();
  auto later = std::chrono::steady_clock::now();
  printf("chrono %d %d %d %d\n", later >= start, (int)std::chrono::duration_cast<std::chrono::seconds>(90min).count(),
         (int)std::chrono::milliseconds(1h).count(), 1500us > 1ms);
  std::atomic<int> n{5};
  std::atomic<bool> flag;
  std::atomic_flag once = ATOMIC_FLAG_INIT;
  std::atomic<uint64_t> wide{1ull << 40};
  std::atomic_ref<int> ref(counter.n);
  ref += 100;
  n.fetch_add(2);
  int expected = 7;
  printf("atomic %d %d %d %d %d %d\n", n.compare_exchange_strong(expected, 9), n.load(), once.test_and_set(), flag.load(),
         (int)((wide += 3) >> 40), counter.n);
  printf("%d %s\n", twice(21), std::source_location::current().function_name());
  alignas(Counter) unsigned char place[sizeof(Counter)];
  Counter *placed = new (place) Counter{77};
  printf("%d\n", std::launder(placed)->n);
  std::destroy_at(placed);
  return 0;
}
