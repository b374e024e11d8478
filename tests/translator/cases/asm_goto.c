// EXPECT: asm_goto\.c:3: error: in function main: (asm goto|inline assembly)
int main(void) {
    __asm__ goto("j %l0" : : : : away);
    return 0;
away:
    return 1;
}
