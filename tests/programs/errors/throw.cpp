// SPDX-License-Identifier: Apache-2.0
// Exceptions cannot be translated.
// REFUSE: translate
// EXPECT: exception
// EXPECT: thrower
// EXPECT: throw\.cpp:(9|1[0-3])
// FLAGS: -fexceptions

__attribute__((noinline)) int thrower(int v) {
    if (v > 3)
        throw v;
    return v;
}

int main() { return thrower(2); }
