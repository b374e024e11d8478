// SPDX-License-Identifier: Apache-2.0
// new and delete: single, arrays with destructors, placement, class-specific, virtual destructors.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int alive;
struct Thing {
    explicit Thing(int v = 5) : value(v) { alive++; }
    virtual ~Thing() {
        alive--;
        printf("~%d ", value);
    }
    int value;
};
struct Special : Thing {
    Special() : Thing(50) {}
    ~Special() override { printf("special "); }
};
struct Pooled {
    static unsigned char space[4][16];
    static int used;
    static void *operator new(size_t) { return space[used++]; }
    static void operator delete(void *p) {
        used--;
        printf("pool%d ", static_cast<int>((static_cast<unsigned char *>(p) - space[0]) / 16));
    }
    int32_t a = 3, b = 4;
};
alignas(8) unsigned char Pooled::space[4][16];
int Pooled::used;
struct Place {
    void *p;
};
void *operator new(size_t, Place p) noexcept { return p.p; }

int main() {
    Thing *a = new Thing(1), *b = new Special;
    Thing *many = new Thing[3];
    many[1].value = 6;
    printf("%d\n", alive);
    delete b;
    delete a;
    delete[] many;
    printf("%d\n", alive);
    Pooled *p = new Pooled, *q = new Pooled;
    printf("%d ", static_cast<int>(p->a + q->b));
    delete q;
    delete p;
    alignas(Thing) unsigned char raw[sizeof(Thing)];
    Thing *t = new (Place{raw}) Thing(9);
    t->~Thing();
    int *v = new int[100]();
    v[99] += 8;
    printf("%d %d\n", v[99], v[50]);
    delete[] v;
    Thing *none = nullptr;
    delete none;
    return alive;
}
