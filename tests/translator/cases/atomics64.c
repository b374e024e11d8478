// EXIT: 0
#include <stdatomic.h>
static _Atomic unsigned long long wide;
static _Atomic unsigned char narrow;
int main(void) {
    atomic_store(&wide, 0xffffffffull);
    atomic_fetch_add(&wide, 1);
    unsigned long long expected = 0x100000000ull;
    int bad = !atomic_compare_exchange_strong(&wide, &expected, 77ull);
    bad |= (atomic_compare_exchange_strong(&wide, &expected, 1ull) || expected != 77) << 1;
    narrow = 250;
    bad |= (atomic_fetch_add(&narrow, 10) != 250 || narrow != 4) << 2;
    return bad;
}
