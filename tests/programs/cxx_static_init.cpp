// SPDX-License-Identifier: Apache-2.0
// Constructors and destructors of static objects, in order, with dynamic initialisation.
#include <stdio.h>

struct Tracer {
    explicit Tracer(const char *n) : name(n) { printf("+%s ", name); }
    ~Tracer() { printf("-%s ", name); }
    const char *name;
};
static int next = 1;
static int take() { return next *= 3; }
Tracer first("first");
static int a = take(), b = take() + a;
namespace {
Tracer second("second");
struct Table {
    Table() {
        for (int i = 0; i < 8; i++)
            v[i] = i * a;
    }
    int v[8];
} table;
}
Tracer array[2] = {Tracer("array0"), Tracer("array1")};
// Their place in the order is not laid down, so these have a source of their own
__attribute__((noinline)) static int odd() {
    static int n = 1;
    n += 2;
    return n | 1;
}
inline int computed = odd();
template <typename T> struct Holder {
    static T value;
};
template <typename T> T Holder<T>::value = static_cast<T>(odd());
__attribute__((constructor(101))) static void early() { printf("early "); }
__attribute__((destructor)) static void late() { puts("late"); }

int main() {
    printf("main %d %d %d %d %d ", a, b, table.v[7], computed > 0, Holder<int>::value > 0);
    return 0;
}
