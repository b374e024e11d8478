// SPDX-License-Identifier: Apache-2.0
// What the files of this program share.
#ifndef SHARED_H
#define SHARED_H
struct command {
    const char *name;
    int (*run)(int);
};
extern int shared_total;
extern const struct command commands[];
void record(int v);
int recorded(void);
int threshold(void);
const char *describe(int v);
#endif
