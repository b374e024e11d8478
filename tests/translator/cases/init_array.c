// EXIT: 6
static int sum;
static void by_hand(void) { sum += 6; }
__attribute__((section(".init_array"), used)) static void (*entry)(void) = by_hand;
int main(void) { return sum; }
