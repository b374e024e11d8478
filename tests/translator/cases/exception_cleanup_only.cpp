// Compiled with -fexceptions, but nothing throws or catches: the clean-up code alone is no obstacle.
// FLAGS: -fexceptions
// EXIT: 3
int count;
void touch();
struct Guard {
    ~Guard() { count++; }
};
__attribute__((noinline)) void touch() { count++; }
static void both() {
    Guard a, b;
    touch();
}
static void quiet() noexcept {
    Guard a;
    touch();
}
int main() {
    both();
    int first = count;
    quiet();
    return first + (count - first) - 2;
}
