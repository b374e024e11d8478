// SPDX-License-Identifier: Apache-2.0
// What libc++'s headers leave to its libraries: the exception classes, which modules use as plain objects,
// and error codes.
#include <any>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <expected>
#include <format>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <typeinfo>
#include <variant>

namespace std {

exception::~exception() noexcept {}
const char *exception::what() const noexcept { return "std::exception"; }

#define ESPB_EXCEPTION(name)                                                                                 \
  name::~name() noexcept {}                                                                                  \
  const char *name::what() const noexcept { return "std::" #name; }
ESPB_EXCEPTION(bad_exception)
ESPB_EXCEPTION(bad_cast)
ESPB_EXCEPTION(bad_typeid)
ESPB_EXCEPTION(bad_alloc)
ESPB_EXCEPTION(bad_array_new_length)
ESPB_EXCEPTION(bad_optional_access)
bad_cast::bad_cast() noexcept {}
bad_typeid::bad_typeid() noexcept {}
bad_alloc::bad_alloc() noexcept {}
bad_array_new_length::bad_array_new_length() noexcept {}
const char *bad_variant_access::what() const noexcept { return "std::bad_variant_access"; }
const char *bad_any_cast::what() const noexcept { return "std::bad_any_cast"; }
} // namespace std

_LIBCPP_BEGIN_NAMESPACE_STD
bad_function_call::~bad_function_call() noexcept {}
const char *bad_function_call::what() const noexcept { return "std::bad_function_call"; }
bad_weak_ptr::~bad_weak_ptr() noexcept {}
const char *bad_weak_ptr::what() const noexcept { return "std::bad_weak_ptr"; }
const char *bad_expected_access<void>::what() const noexcept { return "std::bad_expected_access"; }

// The text lies behind its count of owners.
__libcpp_refstring::__libcpp_refstring(const char *text) {
  size_t size = strlen(text) + 1;
  int *owners = static_cast<int *>(::operator new(sizeof(int) + size));
  *owners = 1;
  __imp_ = static_cast<const char *>(memcpy(owners + 1, text, size));
}
static int *owners(const char *text) { return const_cast<int *>(reinterpret_cast<const int *>(text)) - 1; }
__libcpp_refstring::__libcpp_refstring(const __libcpp_refstring &other) noexcept : __imp_(other.__imp_) {
  __atomic_fetch_add(owners(__imp_), 1, __ATOMIC_RELAXED);
}
__libcpp_refstring &__libcpp_refstring::operator=(const __libcpp_refstring &other) noexcept {
  __libcpp_refstring copy(other);
  const char *mine = __imp_;
  __imp_ = copy.__imp_;
  copy.__imp_ = mine;
  return *this;
}
__libcpp_refstring::~__libcpp_refstring() {
  if (__atomic_fetch_sub(owners(__imp_), 1, __ATOMIC_ACQ_REL) == 1)
    ::operator delete(owners(__imp_));
}
_LIBCPP_END_NAMESPACE_STD

namespace std {

#define ESPB_ERROR(name)                                                                                     \
  name::name(const string &text) : __imp_(text.c_str()) {}                                                   \
  name::name(const char *text) : __imp_(text) {}                                                             \
  name::name(const name &other) noexcept : exception(), __imp_(other.__imp_) {}                              \
  name &name::operator=(const name &other) noexcept {                                                        \
    __imp_ = other.__imp_;                                                                                   \
    return *this;                                                                                            \
  }                                                                                                          \
  name::~name() noexcept {}                                                                                  \
  const char *name::what() const noexcept { return __imp_.c_str(); }
ESPB_ERROR(logic_error)
ESPB_ERROR(runtime_error)
domain_error::~domain_error() noexcept {}
invalid_argument::~invalid_argument() noexcept {}
length_error::~length_error() noexcept {}
out_of_range::~out_of_range() noexcept {}
range_error::~range_error() noexcept {}
overflow_error::~overflow_error() noexcept {}
underflow_error::~underflow_error() noexcept {}

// There never is one: throwing ends the module.
exception_ptr::exception_ptr(const exception_ptr &other) noexcept : __ptr_(other.__ptr_) {}
exception_ptr &exception_ptr::operator=(const exception_ptr &) noexcept = default;
exception_ptr::~exception_ptr() noexcept {}
exception_ptr current_exception() noexcept { return nullptr; }
void rethrow_exception(exception_ptr) { abort(); }
nested_exception::nested_exception() noexcept {}
nested_exception::~nested_exception() noexcept {}
void nested_exception::rethrow_nested() const { abort(); }
int uncaught_exceptions() noexcept { return 0; }
bool uncaught_exception() noexcept { return false; }

} // namespace std

_LIBCPP_BEGIN_NAMESPACE_STD

error_category::~error_category() noexcept {}
error_condition error_category::default_error_condition(int value) const noexcept {
  return error_condition(value, *this);
}
bool error_category::equivalent(int code, const error_condition &condition) const noexcept {
  return default_error_condition(code) == condition;
}
bool error_category::equivalent(const error_code &code, int condition) const noexcept {
  return *this == code.category() && code.value() == condition;
}
string error_code::message() const { return category().message(value()); }
string error_condition::message() const { return category().message(value()); }

namespace {
struct Errno : error_category {
  const char *text;
  explicit constexpr Errno(const char *name) : text(name) {}
  const char *name() const noexcept override { return text; }
  string message(int value) const override { return strerror(value); }
  error_condition default_error_condition(int value) const noexcept override {
    return error_condition(value, generic_category());
  }
};
// Never destroyed: a destructor may still ask for them.
union Categories {
  Errno generic, system;
  constexpr Categories(const char *name) : generic(name) {}
  constexpr ~Categories() {}
};
constinit Categories generic_errors("generic"), system_errors("system");
} // namespace
const error_category &generic_category() noexcept { return generic_errors.generic; }
const error_category &system_category() noexcept { return system_errors.generic; }

static string describe(const error_code &code, string text) {
  if (code) {
    if (!text.empty())
      text += ": ";
    text += code.message();
  }
  return text;
}
system_error::system_error(error_code code, const string &text)
    : runtime_error(describe(code, text)), __ec_(code) {}
system_error::system_error(error_code code, const char *text)
    : runtime_error(describe(code, text)), __ec_(code) {}
system_error::system_error(error_code code) : runtime_error(describe(code, "")), __ec_(code) {}
system_error::system_error(int value, const error_category &category, const string &text)
    : system_error(error_code(value, category), text) {}
system_error::system_error(int value, const error_category &category, const char *text)
    : system_error(error_code(value, category), text) {}
system_error::system_error(int value, const error_category &category)
    : system_error(error_code(value, category)) {}
system_error::~system_error() noexcept {}

_LIBCPP_END_NAMESPACE_STD
