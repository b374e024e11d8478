// EXPECT: long_double\.c:\d+: error: in function scale: long double \(128 bits\) is not supported
// EXPECT: hint: use double
__attribute__((noinline)) long double scale(long double x) { return x * 2; }
int main(void) { return (int)scale(3); }
