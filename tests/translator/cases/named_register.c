// EXPECT: named_register\.c:3: error: in function main: a named machine register
register unsigned stack __asm__("sp");
int main(void) { return stack != 0; }
