// SPDX-License-Identifier: Apache-2.0
// Virtual inheritance: the diamond, construction order, access through every path.
#include <stdio.h>

struct Top {
    explicit Top(int v) : value(v) { printf("Top(%d) ", v); }
    virtual int id() const { return 1; }
    int value;

protected:
    ~Top() { printf("~Top "); }
};
struct Left : virtual Top {
    Left() : Top(1) { printf("Left "); }
    int id() const override { return 2 + value; }
    int left = 20;

protected:
    ~Left() { printf("~Left "); }
};
struct Right : virtual Top {
    Right() : Top(2) { printf("Right "); }
    virtual int right_id() const { return value * 3; }
    int right = 30;

protected:
    ~Right() { printf("~Right "); }
};
struct Bottom final : Left, Right {
    Bottom() : Top(7) { printf("Bottom "); }
    ~Bottom() { printf("~Bottom "); }
    int id() const override { return Left::id() * 100 + right_id(); }
};
__attribute__((noinline)) static int top_value(const Top &t) { return t.value + t.id(); }
__attribute__((noinline)) static int right_value(const Right &r) { return r.right + r.value + r.right_id(); }

int main() {
    {
        Bottom b;
        Left *l = &b;
        Right *r = &b;
        l->value++;
        printf("%d %d %d %d\n", top_value(b), right_value(b), l->value == r->value, static_cast<Top *>(l) == static_cast<Top *>(r));
    }
    puts("");
    return 0;
}
