// SPDX-License-Identifier: Apache-2.0
// dynamic_cast: down, across, to void, of references' addresses, through virtual bases, refused.
#include <stdio.h>

struct Animal {
    virtual const char *name() const { return "animal"; }
    virtual ~Animal() {}
};
struct Swimmer {
    virtual int depth() const { return 3; }
    virtual ~Swimmer() {}
};
struct Flyer {
    virtual int height() const { return 30; }
    virtual ~Flyer() {}
};
struct Fish : Animal, Swimmer {
    const char *name() const override { return "fish"; }
};
struct Duck : Animal, Swimmer, Flyer {
    const char *name() const override { return "duck"; }
    int depth() const override { return 1; }
};
struct Mallard final : Duck {
    int height() const override { return 50; }
};
struct Root : virtual Animal {};
struct Other : virtual Animal {};
struct Joined : Root, Other {};

__attribute__((noinline)) static void describe(Animal *a) {
    Swimmer *s = dynamic_cast<Swimmer *>(a);
    Flyer *f = dynamic_cast<Flyer *>(a);
    Duck *d = dynamic_cast<Duck *>(a);
    printf("%s swim %d fly %d duck %d mallard %d same %d\n", a->name(), s ? s->depth() : -1, f ? f->height() : -1, d != nullptr,
           dynamic_cast<Mallard *>(a) != nullptr, dynamic_cast<void *>(a) == (s ? dynamic_cast<void *>(s) : dynamic_cast<void *>(a)));
}

int main() {
    Animal a;
    Fish fish;
    Duck duck;
    Mallard mallard;
    Joined joined;
    Animal *all[] = {&a, &fish, &duck, &mallard, &joined};
    for (Animal *p : all)
        describe(p);
    Flyer *f = &mallard;
    Root *r = dynamic_cast<Root *>(static_cast<Animal *>(&joined));
    printf("%d %d %d %d\n", dynamic_cast<Fish *>(f) == nullptr, dynamic_cast<Animal *>(f) == &mallard, r != nullptr, dynamic_cast<Other *>(r) != nullptr);
    Animal *none = nullptr;
    printf("%d\n", dynamic_cast<Duck *>(none) == nullptr);
    return 0;
}
