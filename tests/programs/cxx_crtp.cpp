// SPDX-License-Identifier: Apache-2.0
// Static polymorphism, mixins, variadic inheritance, scoped enumerations, structured bindings, constexpr tables.
#include <stdint.h>
#include <stdio.h>

template <typename D> struct Counter {
    int bump() { return ++static_cast<D *>(this)->count; }
    bool same(const D &o) const { return static_cast<const D *>(this)->count == o.count; }
};
struct Clicks : Counter<Clicks> {
    int count = 10;
};
template <typename... H> struct Handlers : H... {
    using H::operator()...;
};
template <typename... H> Handlers(H...) -> Handlers<H...>;
enum class Mode : uint8_t { Off, Slow = 5, Fast };
constexpr Mode operator|(Mode a, Mode b) { return static_cast<Mode>(static_cast<uint8_t>(a) | static_cast<uint8_t>(b)); }
struct Point {
    int x;
    long long y;
};
static Point point(int k) { return {k, k * 5000000000LL}; }
struct Table {
    uint32_t v[16]{};
    constexpr Table() {
        for (uint32_t i = 0; i < 16; i++) {
            uint32_t c = i;
            for (int k = 0; k < 4; k++)
                c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
            v[i] = c;
        }
    }
};
constexpr Table table;
template <typename T> constexpr bool is_small = sizeof(T) <= 4;
static int speed(Mode m) {
    switch (m) {
    case Mode::Off: return 0;
    case Mode::Slow: return 1;
    case Mode::Fast: return 2;
    }
    return static_cast<int>(m);
}

int main() {
    Clicks a, b;
    a.bump();
    int bumped = a.bump();
    printf("%d %d %d\n", bumped, a.same(b), b.count);
    Handlers h{[](int i) { return i * 2; }, [](const char *s) { return static_cast<int>(s[0]); }, [](double d) { return static_cast<int>(d * 10); }};
    printf("%d %d %d\n", h(21), h("A"), h(2.5));
    auto [x, y] = point(3);
    printf("%d %lld %d %d\n", x, y, speed(Mode::Fast), speed(Mode::Slow | Mode::Fast));
    uint32_t crc = ~0u;
    for (const char *s = "structured"; *s; s++) {
        crc = table.v[(crc ^ static_cast<uint8_t>(*s)) & 15] ^ crc >> 4;
        crc = table.v[(crc ^ static_cast<uint8_t>(*s) >> 4) & 15] ^ crc >> 4;
    }
    printf("%08lx %d%d\n", static_cast<unsigned long>(~crc), is_small<int>, is_small<long long>);
    if constexpr (is_small<char>)
        puts("small");
    const int list[] = {4, 5, 6};
    for (int i = 0; auto v : list)
        printf("%d:%d ", i++, v);
    puts("");
    return 0;
}
