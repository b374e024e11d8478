// EXIT: 0
// _Float16 is computed in float; every conversion rounds to nearest even, once.
#include <string.h>
typedef unsigned short u16;
volatile double d;
volatile float f;
volatile _Float16 h;
static u16 bits(_Float16 x) {
    u16 b;
    memcpy(&b, &x, 2);
    return b;
}
static u16 of(double x) {
    d = x;
    return bits((_Float16)d);
}
int main(void) {
    int bad = 0;
    h = (_Float16)1.5;
    h = h * h + (_Float16)0.25;
    bad |= (double)h != 2.5;
    bad |= (of(1.0) != 0x3c00 || of(-2.0) != 0xc000 || of(65504.0) != 0x7bff || of(65520.0) != 0x7c00) << 1;
    bad |= (of(65519.99) != 0x7bff || of(1e30) != 0x7c00 || of(-1e30) != 0xfc00) << 2;
    bad |= (of(0x1p-24) != 1 || of(0x1p-25) != 0 || of(0x1.8p-25) != 1 || of(0x1p-14) != 0x400) << 3;
    bad |= (of(1.0 + 0x1p-11) != 0x3c00 || of(1.0 + 0x1p-11 + 0x1p-30) != 0x3c01 || of(1.0 + 0x3p-11) != 0x3c02) << 4;
    f = 0x1p-24f;
    bad |= (bits((_Float16)f) != 1) << 5;
    u16 tiny = 0x8001;
    _Float16 back;
    memcpy(&back, &tiny, 2);
    h = back;
    bad |= ((float)h != -0x1p-24f) << 6;
    d = __builtin_nan("");
    h = (_Float16)d;
    bad |= (h == h) << 7;
    return bad;
}
