// SPDX-License-Identifier: Apache-2.0
// C++ and C files in one program.
#include "shape.h"

#include <stdio.h>

int main() {
    Disc d(3);
    Tile t(4, 5);
    const Shape *shapes[] = {&d, &t};
    int total = 0;
    for (const Shape *s : shapes)
        total += s->area();
    printf("%d %d %s\n", total, c_scale(total, 3), label());
    return registered() == 2 ? 0 : 1;
}
