// SPDX-License-Identifier: Apache-2.0
// longjmp alone cannot be translated either.
// REFUSE: translate
// EXPECT: longjmp
// EXPECT: leave
// EXPECT: longjmp\.c:1[1-4]
#include <setjmp.h>

extern jmp_buf elsewhere;

__attribute__((noinline)) void leave(int v) {
    if (v)
        longjmp(elsewhere, v);
}

int main(void) {
    leave(0);
    return 0;
}
