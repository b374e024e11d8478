// SPDX-License-Identifier: Apache-2.0
// typeid of static and dynamic types; std::type_info is declared here because the boards have no C++ headers.
#include <stdio.h>
#include <string.h>

namespace std {
class type_info {
public:
    virtual ~type_info();
    const char *name() const { return name_[0] == '*' ? name_ + 1 : name_; }
    bool operator==(const type_info &o) const { return name_ == o.name_ || (name_[0] != '*' && strcmp(name_, o.name_) == 0); }

protected:
    const char *name_;
};
}
struct Base {
    virtual void f() {}
    virtual ~Base() {}
};
struct Derived : Base {};
template <typename T> struct Box : Base {
    T t{};
};
__attribute__((noinline)) static const char *kind(const Base &b) { return typeid(b).name(); }

int main() {
    Base b;
    Derived d;
    Box<int> bi;
    Box<char *> bc;
    printf("%s %s %s %s\n", kind(b), kind(d), kind(bi), kind(bc));
    const Base &r = d;
    printf("%d %d %d\n", typeid(r) == typeid(Derived), typeid(r) == typeid(Base), typeid(bi) == typeid(bc));
    printf("%s %s %s\n", typeid(int).name(), typeid(double).name(), typeid(const char *).name());
    return 0;
}
