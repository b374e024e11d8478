// EXPECT: error: the program has no function that could be called from outside
// EXPECT: hint: .*app_main
static int unused(void) { return 1; }
int data = 3;
