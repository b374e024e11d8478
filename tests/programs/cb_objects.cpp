// SPDX-License-Identifier: Apache-2.0
// Objects whose virtual functions and captureless lambdas native code calls; statics that are constructed before and
// destroyed after the run.
#include <stdio.h>
#include <stdlib.h>

struct Noisy {
    explicit Noisy(const char *n) : name(n) { printf("+%s\n", name); }
    ~Noisy() { printf("-%s\n", name); }
    const char *name;
};
static Noisy first("first"), second("second");

// qsort has no user pointer: the order in force is an object.
struct Order {
    virtual ~Order() {}
    virtual int compare(int a, int b) const = 0;
};
struct Ascending : Order {
    int compare(int a, int b) const override { return a - b; }
};
struct ByDigitSum : Order {
    static int sum(int n) { return n ? n % 10 + sum(n / 10) : 0; }
    int compare(int a, int b) const override {
        int d = sum(a) - sum(b);
        return d ? d : a - b;
    }
};
static const Order *order;
static int calls;

template <class T> static void sorted(const char *title) {
    int v[] = {71, 12, 305, 44, 9, 180, 26};
    T t;
    order = &t;
    qsort(v, 7, sizeof *v, [](const void *a, const void *b) {
        calls++;
        return order->compare(*static_cast<const int *>(a), *static_cast<const int *>(b));
    });
    printf("%s", title);
    for (int n : v)
        printf(" %d", n);
    printf("\n");
}

int main() {
    sorted<Ascending>("ascending");
    sorted<ByDigitSum>("digits");
    Noisy *heap = new Noisy("heap");
    static Noisy local("local");
    delete heap;
    int *numbers = new int[5]{5, 3, 4, 1, 2};
    qsort(numbers, 5, sizeof(int), [](const void *a, const void *b) { return *(const int *)b - *(const int *)a; });
    printf("%d%d%d%d%d %d\n", numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], calls > 10);
    delete[] numbers;
    return 0;
}
