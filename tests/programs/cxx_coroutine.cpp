// Coroutines: a generator, a task that awaits another one, a chain of events resumed from outside.
#include <coroutine>
#include <cstdio>
#include <utility>

template <typename T> struct Generator {
  struct promise_type {
    T value;
    Generator get_return_object() { return Generator{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T v) noexcept {
      value = v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() {}
  };
  explicit Generator(std::coroutine_handle<promise_type> h) : handle(h) {}
  Generator(Generator &&o) noexcept : handle(std::exchange(o.handle, nullptr)) {}
  ~Generator() {
    if (handle)
      handle.destroy();
  }
  bool next() {
    handle.resume();
    return !handle.done();
  }
  T value() const { return handle.promise().value; }
  std::coroutine_handle<promise_type> handle;
};

static Generator<long long> fibonacci(int n) {
  long long a = 0, b = 1;
  for (int i = 0; i < n; ++i) {
    co_yield a;
    a = std::exchange(b, a + b);
  }
}

struct Event {
  std::coroutine_handle<> waiter;
  int value = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) noexcept { waiter = h; }
  int await_resume() const noexcept { return value; }
  void set(int v) {
    value = v;
    if (auto h = std::exchange(waiter, nullptr))
      h.resume();
  }
};

struct Task {
  struct promise_type {
    int result = 0;
    std::coroutine_handle<> after;
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    struct Final {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept {
        return h.promise().after ? h.promise().after : std::noop_coroutine();
      }
      void await_resume() noexcept {}
    };
    Final final_suspend() noexcept { return {}; }
    void return_value(int v) { result = v; }
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
  bool await_ready() { return handle.done(); }
  void await_suspend(std::coroutine_handle<> h) { handle.promise().after = h; }
  int await_resume() {
    int r = handle.promise().result;
    handle.destroy();
    return r;
  }
};

struct Trace {
  const char *name;
  ~Trace() { printf("~%s\n", name); }
};

static Task inner(Event &e) {
  Trace t{"inner"};
  int sum = 0;
  for (int i = 0; i < 3; ++i)
    sum += co_await e;
  co_return sum;
}

static Task outer(Event &e) {
  Trace t{"outer"};
  int first = co_await inner(e);
  printf("inner gave %d\n", first);
  int second = co_await inner(e);
  co_return first * 100 + second;
}

int main() {
  auto g = fibonacci(50);
  long long last = 0, sum = 0;
  while (g.next())
    sum += last = g.value();
  printf("%lld %lld\n", last, sum);
  Event e;
  Task t = outer(e);
  for (int i = 1; i <= 6; ++i) {
    printf("set %d\n", i);
    e.set(i);
  }
  bool done = t.handle.done();
  printf("%d %d\n", done, t.await_resume());
  return 0;
}
