// What nothing refers to is not translated, so it is not refused.
// EXIT: 5
#include <setjmp.h>
static jmp_buf back;
_Thread_local int unused_variable;
static inline void unused(void) { longjmp(back, 1); }
inline unsigned header_helper(void) {
    unsigned v;
    __asm__ volatile("csrr %0, mcycle" : "=r"(v));
    return v;
}
int main(void) { return 5; }
