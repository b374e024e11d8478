// SPDX-License-Identifier: Apache-2.0
// Copy and move constructors, elision, temporaries, reference parameters, non-trivial structs by value.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int copies, moves, live;
class Text {
public:
    Text(const char *s = "") : data_(static_cast<char *>(malloc(strlen(s) + 1))) {
        strcpy(data_, s);
        live++;
    }
    Text(const Text &o) : Text(o.data_) { copies++; }
    Text(Text &&o) noexcept : data_(o.data_) {
        o.data_ = nullptr;
        moves++;
        live++;
    }
    Text &operator=(Text o) noexcept {
        char *t = data_;
        data_ = o.data_;
        o.data_ = t;
        return *this;
    }
    ~Text() {
        free(data_);
        live--;
    }
    const char *c_str() const { return data_ ? data_ : "(moved)"; }
    friend Text operator+(const Text &a, const Text &b) {
        char buffer[64];
        snprintf(buffer, sizeof buffer, "%s%s", a.c_str(), b.c_str());
        return buffer;
    }

private:
    char *data_;
};
__attribute__((noinline)) static Text make(int n) {
    Text t("v");
    for (int i = 0; i < n; i++)
        t = t + "+";
    return t;
}
__attribute__((noinline)) static int by_value(Text t, int k, Text u) { return static_cast<int>(strlen(t.c_str()) * 10 + strlen(u.c_str())) + k; }
struct Pair {
    Text first;
    int n;
    Text second;
};
__attribute__((noinline)) static Pair both(Text &&a, const Text &b) { return {static_cast<Text &&>(a), 3, b}; }

int main() {
    {
        Text a = make(3), b(a), c(static_cast<Text &&>(a));
        printf("%s %s %s %d\n", a.c_str(), b.c_str(), c.c_str(), by_value(b, 1, make(1)));
        Pair p = both(static_cast<Text &&>(b), c), q = p;
        q.first = "new";
        printf("%s %s %s %d\n", p.first.c_str(), p.second.c_str(), q.first.c_str(), q.n);
        const Text &kept = Text("temp") + "orary";
        printf("%s %d\n", kept.c_str(), live);
    }
    printf("%d %d %d\n", copies, moves, live);
    return live;
}
