// SPDX-License-Identifier: Apache-2.0
// Multiple inheritance: casts between bases, thunks, members of each base.
#include <stdio.h>

struct Reader {
    virtual int read() = 0;
    int position = 10;
};
struct Writer {
    virtual int write(int v) = 0;
    virtual Writer *self() { return this; }
    int written = 0;
};
struct Named {
    explicit Named(const char *n) : name(n) {}
    virtual const char *title() const { return name; }
    const char *name;
};
struct File : Reader, Writer, Named {
    explicit File(const char *n) : Named(n) {}
    int read() override { return position++ + written; }
    int write(int v) override { return written += v * position; }
    File *self() override { return this; } // a covariant result needs an adjusting thunk
    const char *title() const override { return written ? "dirty" : Named::title(); }
};
__attribute__((noinline)) static int from_writer(Writer *w) { return w->write(3) + static_cast<File *>(w)->position; }

int main() {
    File f("log");
    Reader *r = &f;
    Writer *w = &f;
    Named *n = &f;
    for (int i = 0; i < 2; i++) {
        const char *title = n->title();
        int a = i ? from_writer(w) : r->read(), b = i ? r->read() : w->write(2);
        printf("%s %d %d\n", title, a, b);
    }
    printf("%d %d %d\n", static_cast<void *>(r) != static_cast<void *>(w), w->self() == w, static_cast<File *>(n) == &f);
    Writer *null = nullptr;
    printf("%d\n", static_cast<File *>(null) == nullptr);
    return 0;
}
