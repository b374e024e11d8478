// SPDX-License-Identifier: Apache-2.0
// TRAP
// EXPECT: std::stoi: no number in "eleven"
#include <string>
int main() {
    return std::stoi(std::string("eleven"));
}
