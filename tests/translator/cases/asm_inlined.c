// The function that was written is named, also when it was inlined elsewhere.
// EXPECT: asm_inlined\.c:6: error: in function cycles( \(inlined into main\))?: inline assembly \("csrr \$0, mcycle"\) is not supported
// EXPECT: hint: .*keep cycles in the firmware
static inline __attribute__((always_inline)) unsigned cycles(void) {
    unsigned value;
    __asm__ volatile("csrr %0, mcycle" : "=r"(value));
    return value;
}
int main(void) { return (int)cycles(); }
