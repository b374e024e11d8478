// SPDX-License-Identifier: Apache-2.0
// Inline assembly cannot be translated where the function cannot become an import.
// REFUSE: translate
// EXPECT: (inline )?(asm|assembly)
// EXPECT: main|cycles
// EXPECT: inline_asm\.c:(9|1[0-9])

static inline unsigned cycles(void) {
    unsigned c;
    __asm__ volatile("rdcycle %0" : "=r"(c));
    return c;
}

int main(void) { return (int)cycles(); }
