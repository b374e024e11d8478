// Barriers without instructions mean the same everywhere.
// EXIT: 42
static int cell;
int main(void) {
    int x = 40;
    __asm__ volatile("" : "+r"(x));
    cell = x;
    __asm__ volatile("" ::: "memory");
    __asm__ volatile("nop\n\tnop # twice");
    __asm__("" : : "r"(x), "m"(cell));
    return cell + 2;
}
