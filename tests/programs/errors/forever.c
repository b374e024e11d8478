// SPDX-License-Identifier: Apache-2.0
// An endless loop ends when the fuel does.
// FUEL: 100000
// EXPECT: fuel|budget
static volatile int going = 1;

__attribute__((noinline)) static void spin(void) {
    while (going) {
    }
}

int main(void) {
    spin();
    return 0;
}
