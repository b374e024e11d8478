// SPDX-License-Identifier: Apache-2.0
// Virtual functions, abstract classes, overriding, calls from constructors and destructors.
#include <stdio.h>

struct Base {
    explicit Base(int v) : value(v) { who(); }
    virtual void who() const { printf("Base%d ", value); }
    virtual int compute(int x) { return x + value; }
    int twice(int x) { return compute(compute(x)); }
    int value;

protected:
    ~Base() { who(); }
};
struct Middle : Base {
    explicit Middle(int v) : Base(v) { who(); }
    void who() const override { printf("Middle%d ", value); }
    int compute(int x) override { return Base::compute(x) * 2; }
};
struct Leaf final : Middle {
    Leaf() : Middle(3) { who(); }
    void who() const final { printf("Leaf "); }
    virtual int extra() { return 99; }
};
struct Abstract {
    virtual long long run(double d, const char *s) const = 0;
};
struct Concrete : Abstract {
    long long run(double d, const char *s) const override { return static_cast<long long>(d * 1e10) + s[0]; }
};
__attribute__((noinline)) static long long use(const Abstract &a) { return a.run(1.25, "A"); }

int main() {
    {
        Leaf l;
        Middle m(7);
        Base *b[] = {&l, &m};
        for (Base *p : b) {
            p->who();
            printf("%d ", p->twice(1));
        }
        printf("%d\n", l.extra());
    }
    printf("\n%lld\n", use(Concrete()));
    return 0;
}
