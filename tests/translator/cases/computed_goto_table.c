// EXIT: 47
static int run(const unsigned char *code) {
    static const void *const table[] = {&&add, &&dbl, &&end};
    static const int offsets[] = {&&add - &&add, &&dbl - &&add, &&end - &&add};
    int x = 0;
    if (offsets[0] != 0 || offsets[1] == offsets[2])
        return -1;
    goto *table[*code++];
add:
    x += 5;
    goto *table[*code++];
dbl:
    x *= 2;
    goto *((char *)&&add + offsets[*code++]);
end:
    return x;
}
int main(void) {
    static const unsigned char code[] = {0, 1, 0, 1, 1, 0, 0, 2};
    int r = run(code);
    return r == 70 ? 47 : r;
}
