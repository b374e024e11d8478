// EXPECT: error: assembly at file level is not supported
__asm__(".globl start\nstart: nop\n");
int main(void) { return 0; }
