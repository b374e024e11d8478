// EXPECT: address_space\.c:\d+: error: .*address space 3 (of variable 'far' )?is not supported
__attribute__((address_space(3))) int far;
int main(void) { return far; }
