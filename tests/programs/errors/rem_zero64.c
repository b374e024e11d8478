// SPDX-License-Identifier: Apache-2.0
// A 64-bit remainder by zero traps.
// TRAP
// EXPECT: divi(de|sion).*zero|zero.*divi(de|sion)
static volatile long long zero = 0;

__attribute__((noinline)) long long rest(long long a) { return a % zero; }

int main(void) { return (int)rest(1LL << 40); }
