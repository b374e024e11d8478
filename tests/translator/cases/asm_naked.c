// EXPECT: asm_naked\.c:2: error: in function switch_task: a naked function
__attribute__((naked)) void switch_task(void) { __asm__ volatile("ret"); }
int main(void) {
    switch_task();
    return 0;
}
