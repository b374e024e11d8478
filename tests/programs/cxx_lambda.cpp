// SPDX-License-Identifier: Apache-2.0
// Lambdas: captures by value and reference, generic, mutable, as function pointers and returned.
#include <stdio.h>

template <typename F> __attribute__((noinline)) int apply(int n, F f) {
    int s = 0;
    for (int i = 0; i < n; i++)
        s += f(i);
    return s;
}
static auto adder(int by) {
    return [by](auto x) { return x + by; };
}
static int call(int (*f)(int), int v) { return f(v); }
template <typename F> struct Defer {
    F f;
    ~Defer() { f(); }
};
template <typename F> Defer(F) -> Defer<F>;

int main() {
    int total = 0, factor = 3;
    long long wide = 1LL << 33;
    int r = apply(5, [&total, factor, wide](int i) {
        total += i;
        return i * factor + static_cast<int>(wide >> 32);
    });
    auto counter = [n = 0]() mutable { return ++n; };
    counter(), counter();
    int count = counter();
    printf("%d %d %d %d %.2f\n", r, total, count, adder(5)(10), adder(2)(0.5));
    printf("%d %d\n", call([](int v) { return v * v; }, 12), apply(3, adder(100)));
    {
        Defer d{[&] { printf("deferred %d\n", total); }};
        total = 77;
    }
    auto fib = [](auto self, int n) -> int { return n < 2 ? n : self(self, n - 1) + self(self, n - 2); };
    printf("%d\n", fib(fib, 15));
    return 0;
}
