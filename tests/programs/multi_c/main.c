// SPDX-License-Identifier: Apache-2.0
// Several files: shared globals, static names that clash, weak and extern symbols.
#include "shared.h"

#include <stdio.h>

static int counter = 1; // the other files have their own
int shared_total;
__attribute__((weak)) int threshold(void) { return 5; }

int main(void) {
    for (int i = 0; i < 5; i++) {
        counter += i;
        record(i * counter);
    }
    printf("%d %d %d %s\n", counter, shared_total, threshold(), describe(shared_total));
    for (const struct command *c = commands; c->name; c++)
        printf("%s=%d ", c->name, c->run(10));
    printf("%d\n", recorded());
    return 0;
}
