// SPDX-License-Identifier: Apache-2.0
// Virtual calls: a scene of shapes, a visitor, and a pipeline of stream stages behind abstract classes.
#include "kernel.h"

namespace {

class Shape;

class Visitor {
public:
    virtual void circle(int radius) = 0;
    virtual void box(int width, int height) = 0;
    virtual void group(Shape *const *members, int count) = 0;
};

class Shape {
public:
    virtual int area() const = 0;
    virtual int perimeter() const {
        return 0;
    }
    virtual void scale(int numerator, int denominator) = 0;
    virtual void accept(Visitor &v) = 0;
};

class Circle : public Shape {
public:
    explicit Circle(int r = 1) : radius_(r) {}
    int area() const override {
        return radius_ * radius_ * 355 / 113;
    }
    int perimeter() const override {
        return radius_ * 710 / 113;
    }
    void scale(int n, int d) override {
        radius_ = radius_ * n / d + 1;
    }
    void accept(Visitor &v) override {
        v.circle(radius_);
    }

private:
    int radius_;
};

class Box : public Shape {
public:
    Box(int w = 1, int h = 1) : width_(w), height_(h) {}
    int area() const override {
        return width_ * height_;
    }
    int perimeter() const override {
        return 2 * (width_ + height_);
    }
    void scale(int n, int d) override {
        width_ = width_ * n / d + 1;
        height_ = height_ * n / d + 1;
    }
    void accept(Visitor &v) override {
        v.box(width_, height_);
    }

protected:
    int width_, height_;
};

class Square final : public Box {
public:
    explicit Square(int side = 1) : Box(side, side) {}
    int perimeter() const override {
        return 4 * width_;
    }
};

class Group : public Shape {
public:
    Group(Shape **members, int count) : members_(members), count_(count) {}
    int area() const override {
        int sum = 0;
        for (int i = 0; i < count_; i++)
            sum += members_[i]->area();
        return sum;
    }
    void scale(int n, int d) override {
        for (int i = 0; i < count_; i++)
            members_[i]->scale(n, d);
    }
    void accept(Visitor &v) override {
        v.group(members_, count_);
    }

private:
    Shape **members_;
    int count_;
};

class Census : public Visitor {
public:
    void circle(int radius) override {
        circles++;
        digest = digest * 3u + static_cast<uint32_t>(radius);
    }
    void box(int width, int height) override {
        boxes++;
        digest = digest * 5u + static_cast<uint32_t>(width - height);
    }
    void group(Shape *const *members, int count) override {
        for (int i = 0; i < count; i++)
            members[i]->accept(*this);
    }
    int circles = 0, boxes = 0;
    uint32_t digest = 0;
};

class Stage {
public:
    virtual void write(int sample) = 0;
};

class Sink : public Stage {
public:
    void write(int sample) override {
        sum = sum * 31u + static_cast<uint32_t>(sample);
    }
    uint32_t sum = 0;
};

class Gain : public Stage {
public:
    Gain(Stage &next, int gain) : next_(next), gain_(gain) {}
    void write(int sample) override {
        next_.write(sample * gain_ >> 4);
    }

private:
    Stage &next_;
    int gain_;
};

class Clip : public Stage {
public:
    Clip(Stage &next, int limit) : next_(next), limit_(limit) {}
    void write(int sample) override {
        next_.write(sample > limit_ ? limit_ : sample < -limit_ ? -limit_ : sample);
    }

private:
    Stage &next_;
    int limit_;
};

class Decimate : public Stage {
public:
    Decimate(Stage &next, int by) : next_(next), by_(by) {}
    void write(int sample) override {
        total_ += sample;
        if (++count_ == by_) {
            next_.write(total_ / by_);
            total_ = count_ = 0;
        }
    }

private:
    Stage &next_;
    int by_, total_ = 0, count_ = 0;
};

Circle circles[12];
Box boxes[12];
Square squares[8];
Shape *all[34];

} // namespace

extern "C" int kernel_run(void) {
    uint32_t seed = kernel_opaque(808u);
    int n = 0;
    for (int i = 0; i < 12; i++) {
        circles[i] = Circle(static_cast<int>(kernel_random(&seed) % 50));
        boxes[i] = Box(static_cast<int>(kernel_random(&seed) % 60), i + 3);
        all[n++] = &circles[i];
        all[n++] = &boxes[i];
        if (i < 8) {
            squares[i] = Square(i * 3 + 1);
            all[n++] = &squares[i];
        }
    }
    Group small(all + 3, 5), large(all, n);
    all[n++] = &small;
    uint32_t sum = 0;
    for (int round = 0; round < 150; round++) {
        for (int i = 0; i < n; i++)
            sum = sum * 7u + static_cast<uint32_t>(all[i]->area() - all[i]->perimeter());
        if (round % 8 == 0)
            large.scale(9, 10);
        Census census;
        large.accept(census);
        sum += census.digest + static_cast<uint32_t>(census.circles * 100 + census.boxes);
    }
    Sink sink;
    Decimate decimate(sink, 3);
    Clip clip(decimate, 3000);
    Gain gain(clip, 21);
    Stage *first = kernel_opaque(1) ? static_cast<Stage *>(&gain) : &clip;
    for (int i = 0; i < 12000; i++)
        first->write(static_cast<int>(kernel_random(&seed) >> 19) - 4096);
    return kernel_check(sum ^ sink.sum, 0x53247bbfu);
}

KERNEL_MAIN
