// EXPECT: thread_local\.cpp:3: error: in function main: thread-local variable 'counter' is not supported
// EXPECT: hint: .*static
thread_local int counter = 4;
int main() { return ++counter; }
