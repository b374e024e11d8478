// SPDX-License-Identifier: Apache-2.0
// Operator overloading, conversions, references, default and overloaded arguments, friends, namespaces.
#include <stdint.h>
#include <stdio.h>

namespace maths {
class Ratio {
public:
    constexpr Ratio(int n = 0, int d = 1) : n_(n), d_(d) { reduce(); }
    friend constexpr Ratio operator+(Ratio a, Ratio b) { return {a.n_ * b.d_ + b.n_ * a.d_, a.d_ * b.d_}; }
    friend constexpr Ratio operator*(Ratio a, Ratio b) { return {a.n_ * b.n_, a.d_ * b.d_}; }
    friend constexpr bool operator==(Ratio a, Ratio b) { return a.n_ == b.n_ && a.d_ == b.d_; }
    friend constexpr bool operator<(Ratio a, Ratio b) { return a.n_ * b.d_ < b.n_ * a.d_; }
    Ratio &operator+=(Ratio o) { return *this = *this + o; }
    Ratio operator-() const { return {-n_, d_}; }
    Ratio &operator++() { return *this += 1; }
    Ratio operator++(int) {
        Ratio was = *this;
        ++*this;
        return was;
    }
    explicit operator double() const { return static_cast<double>(n_) / d_; }
    explicit operator bool() const { return n_ != 0; }
    void print() const { printf("%d/%d ", n_, d_); }

private:
    constexpr void reduce() {
        int a = n_ < 0 ? -n_ : n_, b = d_;
        while (b) {
            int t = a % b;
            a = b;
            b = t;
        }
        if (a) {
            n_ /= a;
            d_ /= a;
        }
    }
    int n_, d_;
};
constexpr Ratio operator""_half(unsigned long long n) { return {static_cast<int>(n), 2}; }
}
class Grid {
public:
    int &operator()(int x, int y) { return cells_[y][x]; }
    const int *operator[](int y) const { return cells_[y]; }

private:
    int cells_[3][4] = {};
};
static int over(int, int b = 7) { return b; }
static int over(double) { return 2; }
static int over(const char *) { return 3; }
static int over(long long) { return 4; }
static void swap(int &a, int &b) {
    int t = a;
    a = b;
    b = t;
}

int main() {
    using namespace maths;
    Ratio r(6, 8), s = 3_half;
    (r + s).print();
    (r * -s).print();
    r++.print();
    (++r).print();
    constexpr Ratio c = Ratio(1, 3) + Ratio(1, 6);
    static_assert(c == Ratio(1, 2));
    printf("%.4f %d %d %d\n", static_cast<double>(r), r < s, static_cast<bool>(Ratio(0)), c == 1_half);
    Grid g;
    g(2, 1) = 5;
    g(3, 2) += g[1][2] * 2;
    int a = 1, b = 2;
    swap(a, b);
    printf("%d %d %d%d%d%d%d %d%d\n", g[2][3], g[0][0], over(1), over(1, 9), over(1.0), over("s"), over(1LL), a, b);
    return 0;
}
