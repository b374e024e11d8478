// SPDX-License-Identifier: Apache-2.0
// Thread-local variables cannot be translated.
// REFUSE: translate
// EXPECT: thread.local
// EXPECT: per_thread
// EXPECT: thread_local\.c:[0-9]+

_Thread_local int per_thread = 5;

__attribute__((noinline)) int bump(int by) {
    per_thread += by;
    return per_thread;
}

int main(void) { return bump(2); }
