// SPDX-License-Identifier: Apache-2.0
// What would be thrown ends the module with a message that says what and by whom.
// TRAP
// EXPECT: out_of_range was thrown in -fno-exceptions mode with message "vector"
#include <cstdio>
#include <vector>
int main() {
    std::vector<int> v{1, 2, 3};
    volatile unsigned i = 3;
    printf("%d\n", v.at(i));
    return 0;
}
