// SPDX-License-Identifier: Apache-2.0
// Labels as values: a threaded interpreter and label differences.
#include <stdio.h>

__attribute__((noinline)) static int run(const unsigned char *code, int x) {
    static const void *const table[] = {&&halt, &&add, &&mul, &&neg, &&loop, &&dup};
    int acc = x, counter = 3, saved = 0;
    const unsigned char *start = code;
#define NEXT goto *table[*code++]
    NEXT;
add:
    acc += *code++;
    NEXT;
mul:
    acc *= *code++;
    NEXT;
neg:
    acc = -acc;
    NEXT;
loop:
    if (--counter) {
        code = start;
        NEXT;
    }
    NEXT;
dup:
    saved += acc;
    NEXT;
halt:
    return acc + saved * 1000;
}
__attribute__((noinline)) static const char *pick(int i) {
    static const int offset[] = {&&zero - &&zero, &&one - &&zero, &&two - &&zero};
    goto *(&&zero + offset[i]);
zero:
    return "zero";
one:
    return "one";
two:
    return "two";
}

int main(void) {
    static const unsigned char program[] = {1, 5, 2, 3, 5, 3, 4, 0};
    for (int i = 0; i < 5; i++)
        printf("%d\n", run(program, i));
    printf("%s %s %s\n", pick(0), pick(1), pick(2));
    return 0;
}
