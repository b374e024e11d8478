// EXPECT: interrupt\.c:2: error: in function handler: an interrupt handler
__attribute__((interrupt)) void handler(void) {}
void (*volatile vector)(void) = handler;
int main(void) { return vector == 0; }
