// SPDX-License-Identifier: Apache-2.0
// Text built and taken apart: snprintf, sscanf, strtol over lines.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char line[80];
    int total = 0;
    for (int i = 0; i < 5; i++) {
        snprintf(line, sizeof line, "sensor%d: %d.%02d C, %x flags", i, 20 + i, i * 17 % 100, 0xf0 + i);
        int id, whole, part;
        unsigned flags;
        if (sscanf(line, "sensor%d: %d.%d C, %x flags", &id, &whole, &part, &flags) == 4)
            total += id * 1000 + whole * 10 + part + (int)flags;
        puts(line);
    }
    printf("%d\n", total);
    const char *p = "12, -34,0x1f ,077,99999999999,end";
    while (*p && *p != 'e') {
        char *end;
        long long v = strtoll(p, &end, 0);
        printf("%lld ", v);
        p = end + strspn(end, ", ");
    }
    printf("%s\n", p);
    return 0;
}
