// SPDX-License-Identifier: Apache-2.0
// Constant tables: numbers of every width, strings, structs with pointers, designated initialisers.
#include <stdint.h>
#include <stdio.h>

static const int8_t small[] = {-1, -2, 127, -128};
static const uint16_t half[4] = {[1] = 65535, [3] = 7};
static const int64_t wide[] = {-1, 1LL << 62, 0x123456789abcdef};
static const float reals[] = {1.5f, -0.25f, 1e-10f};
static const double doubles[] = {3.5, -1e300};
static const char *const names[] = {"zero", "one", "two", NULL, "four"};
static const char fixed[][6] = {"ab", "cdefg", ""};
struct item {
    const char *name;
    const int8_t *data;
    uint8_t count;
    struct {
        int x, y;
    } at[2];
};
static const struct item items[] = {
    {"first", small, 4, {{1, 2}, {3, 4}}},
    {.name = "second", .count = 2, .data = &small[2], .at = {[1] = {.y = 9}}},
};
static int matrix[3][4] = {{1, 2}, {3}, {[3] = 8}};
int counter = 5;
int *const counter_pointer = &counter;
static int *middle = &matrix[1][2];
static const char *tail = &"hello world"[6];

__attribute__((noinline)) static int64_t lookup(int i) { return small[i & 3] + half[i & 3] + wide[i % 3] + (int64_t)doubles[0]; }

int main(void) {
    for (int i = 0; i < 6; i++)
        printf("%lld ", (long long)lookup(i));
    for (unsigned i = 0; i < 5; i++)
        printf("%s ", names[i] ? names[i] : "(none)");
    printf("%s %s %g %g\n", fixed[1], fixed[0], (double)reals[2], doubles[1]);
    for (unsigned i = 0; i < 2; i++) {
        printf("%s:", items[i].name);
        for (unsigned k = 0; k < items[i].count; k++)
            printf(" %d", items[i].data[k]);
        printf(" %d %d\n", items[i].at[0].x, items[i].at[1].y);
    }
    *middle = 77;
    ++*counter_pointer;
    int s = 0;
    for (int i = 0; i < 12; i++)
        s = s * 3 + matrix[i / 4][i % 4];
    printf("%d %d %s\n", s, counter, tail);
    return 0;
}
