// SPDX-License-Identifier: Apache-2.0
// espb.hpp - a thin C++ face of espb.h: owners that close what they open, and typed calls. Freestanding, no
// exceptions: every step gives a status, and the error says what, where and why.
//
//     espb::ModuleOwner module;
//     espb::InstanceOwner instance;
//     espb_error error;
//     int32_t sum;
//     if (module.open(bytes, size, &error) == ESPB_OK && instance.create(module, symbols, &error) == ESPB_OK
//     &&
//         instance.initialise(&error) == ESPB_OK && instance.call("add", &sum, &error, 2, 3) == ESPB_OK) ...
#ifndef ESPB_ESPB_HPP
#define ESPB_ESPB_HPP

#include "espb/espb.h"

namespace espb {

// C++ types as values of a call. A pointer is a guest address: pass it as uint32_t.
inline espb_value to_value(int32_t v) {
  espb_value value = {};
  value.i32 = v;
  return value;
}
inline espb_value to_value(uint32_t v) { return to_value((int32_t)v); }
inline espb_value to_value(int64_t v) {
  espb_value value = {};
  value.i64 = v;
  return value;
}
inline espb_value to_value(uint64_t v) { return to_value((int64_t)v); }
inline espb_value to_value(float v) {
  espb_value value = {};
  value.f32 = v;
  return value;
}
inline espb_value to_value(double v) {
  espb_value value = {};
  value.f64 = v;
  return value;
}
inline void from_value(const espb_value &value, int32_t *v) { *v = value.i32; }
inline void from_value(const espb_value &value, uint32_t *v) { *v = value.u32; }
inline void from_value(const espb_value &value, int64_t *v) { *v = value.i64; }
inline void from_value(const espb_value &value, uint64_t *v) { *v = (uint64_t)value.i64; }
inline void from_value(const espb_value &value, float *v) { *v = value.f32; }
inline void from_value(const espb_value &value, double *v) { *v = value.f64; }

// An open module. Its instances must be gone before it is.
class ModuleOwner {
public:
  ModuleOwner() = default;
  ModuleOwner(const ModuleOwner &) = delete;
  ModuleOwner &operator=(const ModuleOwner &) = delete;
  ~ModuleOwner() { close(); }

  espb_status open(const void *bytes, size_t size, espb_error *error) {
    espb_status status = close();
    return status == ESPB_OK ? espb_module_open(bytes, size, &module_, error) : status;
  }
  espb_status close() {
    espb_status status = espb_module_close(module_);
    if (status == ESPB_OK)
      module_ = nullptr;
    return status;
  }
  espb_module *get() const { return module_; }

private:
  espb_module *module_ = nullptr;
};

class InstanceOwner {
public:
  InstanceOwner() = default;
  InstanceOwner(const InstanceOwner &) = delete;
  InstanceOwner &operator=(const InstanceOwner &) = delete;
  ~InstanceOwner() { destroy(nullptr); }

  // Links and makes the data block; constructors run in initialise().
  espb_status create(const ModuleOwner &module, const espb_symbols &symbols, espb_error *error,
                     const espb_options *options = nullptr) {
    espb_status status = destroy(error);
    return status == ESPB_OK ? espb_instantiate(module.get(), &symbols, options, &instance_, error) : status;
  }
  espb_status initialise(espb_error *error) { return espb_initialise(instance_, error); }
  // ESPB_BUSY from inside a call of the instance; in every other case it is gone afterwards.
  espb_status destroy(espb_error *error) {
    espb_status status = espb_destroy(instance_, error);
    if (status != ESPB_BUSY)
      instance_ = nullptr;
    return status;
  }

  // Calls an export; the C++ types must be as wide as the signature says.
  template <class Result, class... Args>
  espb_status call(const char *name, Result *result, espb_error *error, Args... args) {
    espb_value value = {};
    espb_status status = call_values(name, &value, error, args...);
    if (status == ESPB_OK)
      from_value(value, result);
    return status;
  }
  template <class... Args> espb_status call_void(const char *name, espb_error *error, Args... args) {
    return call_values(name, nullptr, error, args...);
  }

  espb_thread *thread() const { return espb_main_thread(instance_); }
  espb_instance *get() const { return instance_; }

private:
  template <class... Args>
  espb_status call_values(const char *name, espb_value *result, espb_error *error, Args... args) {
    espb_function function;
    espb_status status = espb_find_function(instance_, name, &function, error);
    if (status != ESPB_OK)
      return status;
    const espb_value values[sizeof...(args) + 1] = {to_value(args)..., espb_value{}};
    return espb_call(thread(), &function, values, (uint32_t)sizeof...(args), result, error);
  }

  espb_instance *instance_ = nullptr;
};

} // namespace espb

#endif
