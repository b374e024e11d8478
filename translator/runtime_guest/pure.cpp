// SPDX-License-Identifier: Apache-2.0
// Where a call lands that must not happen.
extern "C" {
[[noreturn]] void abort();
void __cxa_pure_virtual() { __builtin_trap(); }
void __cxa_deleted_virtual() { __builtin_trap(); }
void __cxa_bad_cast() { abort(); }
void __cxa_bad_typeid() { abort(); }
void __cxa_throw_bad_array_new_length() { abort(); }
}
namespace std {
[[noreturn]] void terminate() noexcept { abort(); }
} // namespace std
