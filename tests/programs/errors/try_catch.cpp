// SPDX-License-Identifier: Apache-2.0
// A handler for exceptions cannot be translated.
// REFUSE: translate
// EXPECT: exception
// EXPECT: catcher
// EXPECT: try_catch\.cpp:1[0-9]
// FLAGS: -fexceptions
extern int risky(int v);

__attribute__((noinline)) int catcher(int v) {
    try {
        return risky(v);
    } catch (int e) {
        return e;
    }
}

int main() { return catcher(2); }
