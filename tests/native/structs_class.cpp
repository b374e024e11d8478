// SPDX-License-Identifier: Apache-2.0
// Objects that want to be copied are passed and returned in memory on every chip, whatever their size; beside
// one that wants nothing.
#include <stdint.h>

typedef long long i64;
struct Plain {
  int a, b, c;
};
struct Counted {
  int value, more, most;
  Counted(int v) : value(v), more(v * 3), most(v - 7) {}
  Counted(const Counted &other) : value(other.value + 1), more(other.more), most(other.most) {}
  ~Counted() { value = 0; }
};
struct Shape {
  virtual Plain area(Plain by, int k, Plain again) = 0;
  virtual Counted count(Counted c, Plain p) = 0;
};

#ifdef __clang__ // what other languages make of it does not matter here
#pragma clang diagnostic ignored "-Wreturn-type-c-linkage"
#endif
extern "C" {
Counted class_out(int a, int b, int c, Counted d, Plain e, Counted f);
i64 class_in(Shape *shape);
}

static i64 sum_of(Plain p) { return p.a + 1000ll * p.b + 1000000ll * p.c; }

#ifndef __ESPB__
Counted class_out(int a, int b, int c, Counted d, Plain e, Counted f) {
  Counted r(a + 2 * b + 3 * c + d.value * 5 + f.value * 7);
  r.more += e.a + 2 * e.b + 3 * e.c;
  return r;
}
i64 class_in(Shape *shape) {
  Counted c = shape->count(5, {1, 2, 3});
  return sum_of(shape->area({4, 5, 6}, 7, {8, 9, 10})) * 3 + c.value * 5 + c.more * 7 + c.most;
}
#endif

#ifdef __ESPB__
#include <espb/guest.h>
#define CASE extern "C" ESPB_EXPORT i64 case_class(void)
#else
#define CASE extern "C" i64 native_case_class(void)
#endif
namespace {
// The second base: native code calls through thunks that adjust the object's address.
struct First {
  int tag = 3;
  virtual int unused() { return tag; }
};
struct Mine : First, Shape {
  Plain area(Plain by, int k, Plain again) override {
    return {by.a * k + again.c + tag, by.b * k + again.b, by.c * k + again.a};
  }
  Counted count(Counted c, Plain p) override {
    Counted r(c.value + p.a);
    r.more = p.b * 100 + p.c;
    return r;
  }
};
} // namespace
CASE {
  Mine mine;
  Shape *shape = &mine;
  Counted c = class_out(1, 2, 3, 4, {5, 6, 7}, 8);
  return c.value + 3 * c.more + 5 * c.most + 7 * class_in(shape);
}
