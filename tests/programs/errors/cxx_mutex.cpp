// SPDX-License-Identifier: Apache-2.0
// REFUSE: compile
// EXPECT: <mutex>: threads of the C\+\+ library are not available in modules; use FreeRTOS
#include <mutex>
std::mutex m;
int main() { return 0; }
