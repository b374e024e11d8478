// SPDX-License-Identifier: Apache-2.0
// Assembly at file level cannot be translated.
// REFUSE: translate
// EXPECT: asm|assembly

__asm__(".global hidden\nhidden: .word 5");
extern int hidden;

int main(void) { return hidden; }
