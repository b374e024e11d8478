// SPDX-License-Identifier: Apache-2.0
// Pointers to members: data, functions, virtual functions, across bases, compared with null.
#include <stdio.h>

struct A {
    int x = 1, y = 2;
    int get(int k) const { return x * 10 + y + k; }
    virtual int v(int k) { return k + x; }
    virtual int w(int k) { return k - y; }
};
struct Z {
    virtual int z() { return 5; }
    int pad = 9;
};
struct B : Z, A {
    int v(int k) override { return k * 100 + pad; }
};
using Method = int (A::*)(int);
__attribute__((noinline)) static int call(A &a, Method m, int k) { return (a.*m)(k); }
__attribute__((noinline)) static int field(const A &a, int A::*f) { return a.*f; }
static const struct {
    const char *name;
    Method m;
} table[] = {{"v", &A::v}, {"w", &A::w}, {"none", nullptr}};

int main() {
    A a;
    B b;
    b.x = 7;
    for (auto &t : table)
        if (t.m)
            printf("%s %d %d\n", t.name, call(a, t.m, 4), call(b, t.m, 4));
    int (A::*c)(int) const = &A::get;
    int (B::*bm)(int) = &A::w;
    int A::*f = &A::y, A::*none = nullptr;
    printf("%d %d %d %d %d\n", (a.*c)(3), (b.*bm)(50), field(a, f), field(b, &A::x), none == nullptr);
    printf("%d %d\n", table[0].m == &A::v, table[0].m == table[1].m);
    return 0;
}
