// SPDX-License-Identifier: Apache-2.0
// A mistake in the source is the compiler's message, passed on.
// REFUSE: compile
// EXPECT: syntax\.c:7

int main(void) {
    return 1 +;
}
