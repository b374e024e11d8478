// SPDX-License-Identifier: Apache-2.0
// Compiled loops that the budget ends, a switch among them.
// FUEL: 20000
// EXPECT: out of fuel in main
int main(int argc, char **argv) {
  (void)argv;
  volatile unsigned x = (unsigned)argc;
  for (;;)
    switch (x & 7) { case 0: x += 3; break; case 1: x ^= 5; break; case 2: x *= 3; break; case 3: x -= 9; break; case 5: x ^= 1; break; case 7: x++; break; default: x += 2; }
}
