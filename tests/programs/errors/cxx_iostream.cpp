// SPDX-License-Identifier: Apache-2.0
// REFUSE: compile
// EXPECT: <iostream>: streams are not available in modules; print with printf or std::format
#include <iostream>
int main() {
    std::cout << "hello\n";
    return 0;
}
