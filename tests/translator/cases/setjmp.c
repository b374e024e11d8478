// EXPECT: setjmp\.c:8: error: in function attempt: .*setjmp\(\) is not supported
// EXPECT: setjmp\.c:5: error: in function leave: .*longjmp\(\) is not supported
#include <setjmp.h>
static jmp_buf back;
static void leave(void) { longjmp(back, 1); }
void (*volatile work)(void) = leave;
int attempt(void) {
    if (setjmp(back))
        return 1;
    work();
    return 0;
}
int main(void) { return attempt(); }
