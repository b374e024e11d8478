// SPDX-License-Identifier: Apache-2.0
// A function that no host offers is an error when the module is loaded.
// REFUSE: load
// EXPECT: no_such_function_anywhere
extern int no_such_function_anywhere(int);

int main(void) { return no_such_function_anywhere(1); }
