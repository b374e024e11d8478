// SPDX-License-Identifier: Apache-2.0
// C11 atomics of 8, 16, 32 and 64 bits: load, store, add, exchange, compare and exchange, bit operations.
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#define TEST(T, name)                                                                                                  \
    static _Atomic T name##_cell;                                                                                      \
    __attribute__((noinline)) static void name(T a, T b) {                                                             \
        atomic_store(&name##_cell, a);                                                                                 \
        T r[8];                                                                                                        \
        r[0] = atomic_fetch_add(&name##_cell, b);                                                                      \
        r[1] = atomic_exchange(&name##_cell, (T)(a ^ b));                                                              \
        T expected = (T)(a ^ b);                                                                                       \
        int ok = atomic_compare_exchange_strong(&name##_cell, &expected, (T)(a + 1));                                  \
        expected = b;                                                                                                  \
        int not_ok = atomic_compare_exchange_strong(&name##_cell, &expected, a);                                       \
        r[2] = expected;                                                                                               \
        r[3] = atomic_fetch_sub(&name##_cell, b);                                                                      \
        r[4] = atomic_fetch_or(&name##_cell, (T)0x15);                                                                 \
        r[5] = atomic_fetch_and(&name##_cell, (T)~(T)0x30);                                                            \
        r[6] = atomic_fetch_xor(&name##_cell, b);                                                                      \
        name##_cell++;                                                                                                 \
        name##_cell += 7;                                                                                              \
        r[7] = atomic_load_explicit(&name##_cell, memory_order_acquire);                                               \
        printf(#name " %d %d", ok, not_ok);                                                                            \
        for (int i = 0; i < 8; i++)                                                                                    \
            printf(" %lld", (long long)r[i]);                                                                          \
        putchar('\n');                                                                                                 \
    }
TEST(uint8_t, u8)
TEST(int8_t, i8)
TEST(uint16_t, u16)
TEST(int16_t, i16)
TEST(uint32_t, u32)
TEST(int32_t, i32)
TEST(uint64_t, u64)
TEST(int64_t, i64)

int main(void) {
    static const int64_t v[] = {0, 1, 100, 255, 40000, 70000, 1LL << 33, -3};
    for (int i = 0; i < 8; i++) {
        int64_t a = v[i], b = v[(i * 3 + 1) % 8] + 2;
        u8((uint8_t)a, (uint8_t)b), i8((int8_t)a, (int8_t)b), u16((uint16_t)a, (uint16_t)b), i16((int16_t)a, (int16_t)b);
        u32((uint32_t)a, (uint32_t)b), i32((int32_t)a, (int32_t)b), u64((uint64_t)a, (uint64_t)b), i64(a, b);
    }
    atomic_flag f = ATOMIC_FLAG_INIT;
    printf("%d ", atomic_flag_test_and_set(&f));
    printf("%d ", atomic_flag_test_and_set(&f));
    atomic_flag_clear(&f);
    int *_Atomic pointer = NULL;
    int x = 5, *was = atomic_exchange(&pointer, &x);
    atomic_thread_fence(memory_order_seq_cst);
    printf("%d %d %d\n", atomic_flag_test_and_set(&f), was == NULL, *pointer);
    return 0;
}
