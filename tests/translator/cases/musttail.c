// EXPECT: musttail\.c:3: error: in function hop: a guaranteed tail call
__attribute__((noinline)) int land(int n) { return n; }
__attribute__((noinline)) int hop(int n) { __attribute__((musttail)) return land(n + 1); }
int main(int argc, char **argv) { return hop(argc + (argv != 0)); }
