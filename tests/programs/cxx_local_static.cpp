// SPDX-License-Identifier: Apache-2.0
// Local statics with constructors, initialised once, destroyed in reverse order.
#include <stdio.h>

struct Logger {
    explicit Logger(int n) : id(n) { printf("open%d ", id); }
    ~Logger() { printf("close%d ", id); }
    int id, lines = 0;
};
__attribute__((noinline)) static Logger &log(int n) {
    static Logger l(n);
    return l;
}
__attribute__((noinline)) static int sequence() {
    static int start = log(1).id * 100;
    return start++;
}
template <int N> int &slot() {
    static int v = N * sequence();
    return v;
}

int main() {
    int a = sequence(), b = sequence(), c = log(5).id;
    printf("%d %d %d ", a, b, c);
    a = slot<2>(), b = ++slot<2>(), c = slot<3>();
    printf("%d %d %d ", a, b, c);
    for (int i = 0; i < 3; i++) {
        static Logger inner(7);
        inner.lines += i;
        if (i == 2)
            printf("%d\n", inner.lines);
    }
    return 0;
}
