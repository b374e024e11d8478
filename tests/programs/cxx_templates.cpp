// SPDX-License-Identifier: Apache-2.0
// Templates: classes, specialisation, variadic, folds, concepts, non-type parameters, recursion.
#include <stdint.h>
#include <stdio.h>

template <typename T, int N> struct Array {
    T v[N];
    constexpr int size() const { return N; }
    T sum() const {
        T s{};
        for (const T &x : v)
            s += x;
        return s;
    }
};
template <typename T> struct Name { static constexpr const char *value = "unknown"; };
template <> struct Name<int> { static constexpr const char *value = "int"; };
template <typename T> struct Name<T *> { static constexpr const char *value = "pointer"; };
template <typename... T> constexpr auto total(T... t) { return (t + ... + 0); }
template <typename... T> int print_all(const T &...t) {
    int n = 0;
    ((n += printf("%s ", Name<T>::value)), ...);
    return n;
}
template <unsigned N> struct Factorial { static constexpr uint64_t value = N * Factorial<N - 1>::value; };
template <> struct Factorial<0> { static constexpr uint64_t value = 1; };
template <typename T> concept Number = requires(T a) { a + a; a * 2; };
template <Number T> T cube(T x) { return x * x * x; }
template <typename F, typename T, int N> void transform(Array<T, N> &a, F f) {
    for (T &x : a.v)
        x = f(x);
}
template <typename T> class Stack {
    struct Node {
        T item;
        Node *below;
    };
    Node nodes_[8];
    Node *top_ = nullptr;
    int used_ = 0;

public:
    void push(T t) {
        nodes_[used_] = {t, top_};
        top_ = &nodes_[used_++];
    }
    T pop() {
        T t = top_->item;
        top_ = top_->below;
        return t;
    }
    bool empty() const { return !top_; }
};

int main() {
    Array<int, 5> a{{1, 2, 3, 4, 5}};
    Array<double, 3> d{{0.5, 1.5, 2.5}};
    transform(a, [](int x) { return x * x; });
    transform(d, [k = 2.0](double x) { return x * k; });
    printf("%d %.2f %d %lld\n", a.sum(), d.sum(), a.size(), static_cast<long long>(total(1, 2LL, static_cast<short>(3))));
    int i = 0;
    print_all(i, &i, 'c', 1.0);
    printf("%llu %d %.3f\n", static_cast<unsigned long long>(Factorial<20>::value), cube(7), cube(1.1));
    Stack<const char *> s;
    s.push("a"), s.push("b"), s.push("c");
    while (!s.empty())
        printf("%s", s.pop());
    puts("");
    return 0;
}
