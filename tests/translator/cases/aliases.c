// EXIT: 12
int real(int x) { return x + 1; }
int other(int x) __attribute__((alias("real")));
static int cell = 5;
extern int cell_alias __attribute__((alias("cell")));
int (*table[])(int) = {real, other};
int main(void) {
    cell_alias++;
    return other(cell - 1) + table[1](cell - 1) ;
}
