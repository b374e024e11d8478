// Neither main nor app_main nor ESPB_EXPORT: whatever is not static can be called.
// EXPORTS: add sub
static int helper(int a) { return a; }
int add(int a, int b) { return helper(a) + b; }
int sub(int a, int b) { return helper(a) - b; }
