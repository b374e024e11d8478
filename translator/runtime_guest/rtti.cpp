// SPDX-License-Identifier: Apache-2.0
// Type information of the Itanium C++ ABI, and dynamic_cast over it.
#include <stddef.h>
#include <stdint.h>
#include <typeinfo>

namespace std {
type_info::~type_info() = default;
}

namespace __cxxabiv1 {

#define ESPB_TYPE_INFO(name)                                                                                 \
  class name : public std::type_info {                                                                       \
  public:                                                                                                    \
    ~name() override;                                                                                        \
  };                                                                                                         \
  name::~name() = default;

// The compiler puts the type_info of int, char, ... beside the first one's destructor.
ESPB_TYPE_INFO(__fundamental_type_info)
ESPB_TYPE_INFO(__array_type_info)
ESPB_TYPE_INFO(__function_type_info)
ESPB_TYPE_INFO(__enum_type_info)
#undef ESPB_TYPE_INFO

class __pbase_type_info : public std::type_info {
public:
  ~__pbase_type_info() override;
  unsigned flags;
  const std::type_info *pointee;
};
__pbase_type_info::~__pbase_type_info() = default;

class __pointer_type_info : public __pbase_type_info {
public:
  ~__pointer_type_info() override;
};
__pointer_type_info::~__pointer_type_info() = default;

class __class_type_info : public std::type_info {
public:
  ~__class_type_info() override;
};
__class_type_info::~__class_type_info() = default;

class __pointer_to_member_type_info : public __pbase_type_info {
public:
  ~__pointer_to_member_type_info() override;
  const __class_type_info *context;
};
__pointer_to_member_type_info::~__pointer_to_member_type_info() = default;

// One public base at offset 0.
class __si_class_type_info : public __class_type_info {
public:
  ~__si_class_type_info() override;
  const __class_type_info *base;
};
__si_class_type_info::~__si_class_type_info() = default;

struct __base_class_type_info {
  const __class_type_info *type;
  long offset_flags; // bit 0 virtual, bit 1 public, above: offset (of a virtual base: of its offset in the
                     // vtable)
};

class __vmi_class_type_info : public __class_type_info {
public:
  ~__vmi_class_type_info() override;
  unsigned flags;
  unsigned base_count;
  __base_class_type_info bases[1];
};
__vmi_class_type_info::~__vmi_class_type_info() = default;

} // namespace __cxxabiv1

using namespace __cxxabiv1;

namespace {

struct Search {
  const char *from; // the subobject that is cast
  const std::type_info *from_type;
  const std::type_info *to_type;
  const char *down = nullptr; // the target object that `from` is a public base of
  bool down_twice = false;
  const char *any = nullptr; // a target object in the whole one
  bool any_public = false, any_twice = false;
  bool from_public = false; // `from` is a public base of the whole object
};

const char *vtable_of(const char *object) { return *reinterpret_cast<const char *const *>(object); }

// What a type_info is follows from its vtable.
const char *const kSingle = reinterpret_cast<const char *>(1), *const kMultiple =
                                                                   reinterpret_cast<const char *>(2);

// Asked once per class: compares with the vtable of the two kinds that have bases.
extern "C" char _ZTVN10__cxxabiv120__si_class_type_infoE[], _ZTVN10__cxxabiv121__vmi_class_type_infoE[];
const char *kind_of(const std::type_info *type) {
  const char *vtable = vtable_of(reinterpret_cast<const char *>(type)) - 2 * sizeof(void *);
  return vtable == _ZTVN10__cxxabiv120__si_class_type_infoE    ? kSingle
         : vtable == _ZTVN10__cxxabiv121__vmi_class_type_infoE ? kMultiple
                                                               : nullptr;
}

// Visits the subobject of `type` at `at` and its bases. `target` is the nearest target object around, if `at`
// is its public base.
void walk(Search &s, const std::type_info *type, const char *at, bool is_public, const char *target) {
  if (type == s.to_type) {
    if (!s.any)
      s.any = at;
    else if (s.any != at)
      s.any_twice = true;
    s.any_public |= is_public;
    target = at;
  }
  if (type == s.from_type && at == s.from) {
    s.from_public |= is_public;
    if (target) {
      if (!s.down)
        s.down = target;
      else if (s.down != target)
        s.down_twice = true;
    }
  }
  const char *kind = kind_of(type);
  if (kind == kSingle) {
    walk(s, static_cast<const __si_class_type_info *>(type)->base, at, is_public, target);
  } else if (kind == kMultiple) {
    const auto *many = static_cast<const __vmi_class_type_info *>(type);
    for (unsigned i = 0; i < many->base_count; ++i) {
      const __base_class_type_info &base = many->bases[i];
      ptrdiff_t offset = base.offset_flags >> 8;
      if (base.offset_flags & 1)
        offset = *reinterpret_cast<const ptrdiff_t *>(vtable_of(at) + offset);
      bool open = base.offset_flags & 2;
      walk(s, base.type, at + offset, is_public && open, open ? target : nullptr);
    }
  }
}

} // namespace

extern "C" void *__dynamic_cast(const void *from, const __class_type_info *from_type,
                                const __class_type_info *to_type, ptrdiff_t) {
  const char *at = static_cast<const char *>(from);
  const char *vtable = vtable_of(at);
  const char *whole = at + reinterpret_cast<const ptrdiff_t *>(vtable)[-2];
  const std::type_info *whole_type = reinterpret_cast<const std::type_info *const *>(vtable)[-1];
  Search s{at, from_type, to_type};
  walk(s, whole_type, whole, true, nullptr);
  const char *found = nullptr;
  if (s.down)
    found = s.down_twice ? nullptr : s.down;
  else if (s.from_public && s.any && !s.any_twice && s.any_public)
    found = s.any;
  return const_cast<char *>(found);
}
