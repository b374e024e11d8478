// SPDX-License-Identifier: Apache-2.0
// setjmp and longjmp cannot be translated.
// REFUSE: translate
// EXPECT: setjmp
// EXPECT: guarded
// EXPECT: setjmp\.c:1[0-9]
#include <setjmp.h>

static jmp_buf place;

__attribute__((noinline)) int guarded(int v) {
    if (setjmp(place))
        return -1;
    if (v > 3)
        longjmp(place, 1);
    return v;
}

int main(void) { return guarded(2); }
