// SPDX-License-Identifier: Apache-2.0
// The guest of rv32_contexts.cpp, in C++: static objects, virtual handlers and lambdas that native code
// calls.
#include <espb/guest.h>

typedef int (*unary)(int);
typedef int (*handler)(void *user, int event);
extern "C" {
void give(int place, unary f);
void give_handler(int place, handler f, void *user);
int apply(unary f, int x);
int call_given(int place, int x);
void constructed(int which);
void leave_task(void);
void *malloc(unsigned long bytes);
void free(void *);
}

namespace {

struct Static {
  explicit Static(int n) : number(n) { constructed(number); }
  ~Static() { constructed(-number); }
  int number;
};
Static first(1), second(2);

struct Handler {
  virtual ~Handler() {}
  virtual int on(int event) = 0;
  static int call(void *user, int event) { return static_cast<Handler *>(user)->on(event); }
};
struct Adder : Handler {
  int sum = 0;
  int on(int event) override { return sum += event; }
};
struct Doubler : Handler {
  int on(int event) override { return 2 * event; }
};
Handler *handlers[2];

int ping(int x) { return x == 0 ? 0 : 1 + call_given((x - 1) & 1, x - 1); }
int recurse(int x) { return 1 + apply(recurse, x + 1); }
int deep(int x) {
  volatile int here[64];
  here[x & 63] = x;
  return deep(x + 1) + here[0];
}
unary many[] = {[](int x) { return x; }, [](int x) { return x + 1; }};

} // namespace

extern "C" {
ESPB_EXPORT void give_lambda(int place) {
  give(place, [](int x) { return x * 3; });
}
ESPB_EXPORT void give_ping(int place) { give(place, ping); }
ESPB_EXPORT void give_trap(int place) {
  give(place, [](int x) {
    volatile int zero = 0;
    return x / zero;
  });
}
ESPB_EXPORT void give_recursion(int place) { give(place, recurse); }
ESPB_EXPORT void give_deep(int place) { give(place, deep); }
ESPB_EXPORT void give_leaving(int place) {
  give(place, [](int x) {
    leave_task();
    return x;
  });
}
ESPB_EXPORT void give_handlers(void) {
  handlers[0] = new Adder;
  handlers[1] = new Doubler;
  for (int i = 0; i < 2; i++)
    give_handler(i, Handler::call, handlers[i]);
}
ESPB_EXPORT void drop_handlers(void) {
  for (Handler *h : handlers)
    delete h;
}
ESPB_EXPORT int call_other(int place, int x) { return call_given(place, x) + many[1](0); }
ESPB_EXPORT void give_number(int place, int which) { give(place, many[which]); }
}
