// SPDX-License-Identifier: Apache-2.0
// C++ templates: vector, optional, hash map, sort with functors, string view, fixed point type, compile-time tables.
#include "train.h"

namespace {

template <typename T, unsigned N> class Vector {
public:
    using value_type = T;
    bool push(const T &v) {
        if (size_ == N)
            return false;
        items_[size_++] = v;
        return true;
    }
    T pop() {
        return items_[--size_];
    }
    unsigned size() const {
        return size_;
    }
    T *begin() {
        return items_;
    }
    T *end() {
        return items_ + size_;
    }
    const T *begin() const {
        return items_;
    }
    const T *end() const {
        return items_ + size_;
    }
    T &operator[](unsigned i) {
        return items_[i];
    }
    void clear() {
        size_ = 0;
    }

private:
    T items_[N] = {};
    unsigned size_ = 0;
};

template <typename T> struct Optional {
    T value{};
    bool present = false;
    explicit operator bool() const {
        return present;
    }
    T value_or(const T &other) const {
        return present ? value : other;
    }
};

class View {
public:
    constexpr View() = default;
    constexpr View(const char *s, unsigned n) : text_(s), size_(n) {}
    constexpr View(const char *s) : text_(s) {
        while (s[size_])
            ++size_;
    }
    constexpr bool operator==(const View &o) const {
        if (size_ != o.size_)
            return false;
        for (unsigned i = 0; i < size_; ++i)
            if (text_[i] != o.text_[i])
                return false;
        return true;
    }
    constexpr unsigned hash() const {
        unsigned h = 7;
        for (unsigned i = 0; i < size_; ++i)
            h = h * 131 + static_cast<unsigned char>(text_[i]);
        return h;
    }
    View token(char separator, View &rest) const {
        for (unsigned i = 0; i < size_; ++i)
            if (text_[i] == separator) {
                rest = View(text_ + i + 1, size_ - i - 1);
                return View(text_, i);
            }
        rest = View(text_ + size_, 0);
        return *this;
    }
    constexpr unsigned size() const {
        return size_;
    }
    Optional<int> integer() const {
        Optional<int> r;
        for (unsigned i = 0; i < size_; ++i) {
            if (text_[i] < '0' || text_[i] > '9')
                return {};
            r.value = r.value * 10 + text_[i] - '0';
        }
        r.present = size_ != 0;
        return r;
    }

private:
    const char *text_ = nullptr;
    unsigned size_ = 0;
};

template <typename V, unsigned Buckets> class Map {
public:
    V &operator[](const View &key) {
        unsigned b = key.hash() % Buckets;
        for (int i = head_[b] - 1; i >= 0; i = links_[static_cast<unsigned>(i)] - 1)
            if (keys_[static_cast<unsigned>(i)] == key)
                return values_[static_cast<unsigned>(i)];
        keys_.push(key);
        values_.push(V{});
        links_.push(head_[b]);
        head_[b] = static_cast<int>(keys_.size());
        return values_[values_.size() - 1];
    }
    template <typename F> void each(F f) const {
        for (unsigned i = 0; i < keys_.size(); ++i)
            f(keys_.begin()[i], values_.begin()[i]);
    }

private:
    int head_[Buckets] = {};
    Vector<View, 64> keys_;
    Vector<V, 64> values_;
    Vector<int, 64> links_;
};

template <typename I, typename Less> void merge_insertion(I first, I last, Less less) {
    for (I i = first; i != last; ++i) {
        auto held = *i;
        I lo = first, hi = i;
        while (lo < hi) {
            I mid = lo + (hi - lo) / 2;
            if (less(held, *mid))
                hi = mid;
            else
                lo = mid + 1;
        }
        for (I j = i; j != lo; --j)
            *j = *(j - 1);
        *lo = held;
    }
}

template <int Bits> class Fixed {
public:
    constexpr Fixed() = default;
    constexpr explicit Fixed(int whole) : raw_(whole * (1 << Bits)) {}
    static constexpr Fixed from_raw(int32_t raw) {
        Fixed f;
        f.raw_ = raw;
        return f;
    }
    constexpr Fixed operator+(Fixed o) const {
        return from_raw(raw_ + o.raw_);
    }
    constexpr Fixed operator-(Fixed o) const {
        return from_raw(raw_ - o.raw_);
    }
    constexpr Fixed operator*(Fixed o) const {
        return from_raw(static_cast<int32_t>((int64_t{raw_} * o.raw_) >> Bits));
    }
    constexpr Fixed operator/(Fixed o) const {
        return from_raw(static_cast<int32_t>((int64_t{raw_} << Bits) / o.raw_));
    }
    constexpr bool operator<(Fixed o) const {
        return raw_ < o.raw_;
    }
    constexpr int32_t raw() const {
        return raw_;
    }

private:
    int32_t raw_ = 0;
};

using Q12 = Fixed<12>;

struct Complex {
    Q12 re, im;
    Complex operator*(const Complex &o) const {
        return {re * o.re - im * o.im, re * o.im + im * o.re};
    }
    Complex operator+(const Complex &o) const {
        return {re + o.re, im + o.im};
    }
};

template <unsigned N> struct Squares {
    uint16_t v[N];
    constexpr Squares() : v{} {
        for (unsigned i = 0; i < N; ++i)
            v[i] = static_cast<uint16_t>(i * i);
    }
};

constexpr Squares<100> squares;

constexpr char log_text[] = "temp=21;hum=40;temp=23;lux=900;door=open;temp=19;lux=870;hum=44;fan=3;fan=4;x;=5;temp=20";

struct Sample {
    int key;
    unsigned order;
};

} // namespace

int main() {
    volatile int rounds = 40;
    uint32_t digest = 0;
    for (int round = 0; round < rounds; ++round) {
        Map<int, 16> totals;
        View rest(log_text);
        while (rest.size()) {
            View entry = rest.token(';', rest), value;
            View name = entry.token('=', value);
            totals[name] += value.integer().value_or(-1) + round;
        }
        totals.each([&digest](const View &key, int total) { digest = digest * 17 + key.hash() + static_cast<uint32_t>(total); });

        Vector<Sample, 80> samples;
        uint32_t x = static_cast<uint32_t>(round) + 1;
        while (samples.push({static_cast<int>(x >> 16) % 50, samples.size()}))
            x = x * 1103515245u + 12345u;
        merge_insertion(samples.begin(), samples.end(), [](const Sample &a, const Sample &b) { return a.key < b.key; });
        unsigned last = 0;
        for (const Sample &s : samples) {
            digest = digest * 5 + squares.v[s.order] + static_cast<uint32_t>(s.key);
            last = s.order;
        }
        samples.clear();
        digest += last;

        Complex z{Q12(0), Q12(0)}, c{Q12(round) / Q12(64), Q12(1) / Q12(3)};
        for (int i = 0; i < 40 && (z.re * z.re + z.im * z.im) < Q12(4); ++i) {
            z = z * z + c;
            digest = digest * 3 + static_cast<uint32_t>(z.re.raw() ^ z.im.raw());
        }
    }
    return TRAIN_EXPECT(digest, 0x99d7ea15u);
}
