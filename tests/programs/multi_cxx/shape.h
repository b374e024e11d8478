// SPDX-License-Identifier: Apache-2.0
// The shapes, and what the C file offers.
#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int c_scale(int v, int by);
#ifdef __cplusplus
}
class Shape {
public:
    Shape();
    virtual int area() const = 0;

protected:
    ~Shape() = default;
};
class Disc final : public Shape {
public:
    explicit Disc(int r) : r_(r) {}
    int area() const override;

private:
    int r_;
};
class Tile final : public Shape {
public:
    Tile(int w, int h) : w_(w), h_(h) {}
    int area() const override;

private:
    int w_, h_;
};
int registered();
const char *label();
template <typename T> T biggest(T a, T b) { return a > b ? a : b; }
#endif
