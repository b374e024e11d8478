// SPDX-License-Identifier: Apache-2.0
// A module opened and instantiated for a test, with what the guest prints.
#ifndef ESPB_TESTS_RUNTIME_HOST_H
#define ESPB_TESTS_RUNTIME_HOST_H

#include "espb/espb.hpp"
#include "espb/host_libc.h"
#include "sample.h"
#include <gtest/gtest.h>
#include <memory>

namespace espb::test {

// The host's library with the sample's fast table.
class HostSymbols {
public:
  HostSymbols() {
    static const char *const names[] = {"strlen", "abs", "no_such_function"};
    table_ = espb_host_fast_table("fast", names, 3);
    symbols_ = *espb_host_libc();
    symbols_.fast = table_;
    symbols_.fast_count = 1;
  }
  ~HostSymbols() { espb_host_fast_table_free(table_); }
  HostSymbols(const HostSymbols &) = delete;
  HostSymbols &operator=(const HostSymbols &) = delete;
  const espb_symbols &get() const { return symbols_; }
  espb_fast_table *table() { return table_; }

private:
  espb_fast_table *table_;
  espb_symbols symbols_;
};

// Collects what guests print while it lives.
class Console {
public:
  Console() : file_(open_memstream(&text_, &size_)) { espb_host_set_streams(nullptr, file_, file_); }
  ~Console() {
    espb_host_set_streams(nullptr, nullptr, nullptr);
    fclose(file_);
    free(text_);
  }
  Console(const Console &) = delete;
  Console &operator=(const Console &) = delete;
  std::string text() {
    fflush(file_);
    return {text_, size_};
  }

private:
  char *text_ = nullptr;
  size_t size_ = 0;
  FILE *file_;
};

class Running : public ::testing::Test {
protected:
  void start(const std::vector<uint8_t> &bytes, const espb_options *options = nullptr) {
    bytes_ = std::make_unique<Aligned>(bytes);
    ASSERT_EQ(ESPB_OK, module_.open(bytes_->data(), bytes_->size(), &error_)) << error_.message;
    ASSERT_EQ(ESPB_OK, instance_.create(module_, symbols_.get(), &error_, options)) << error_.message;
    ASSERT_EQ(ESPB_OK, instance_.initialise(&error_)) << error_.message;
  }
  template <class... Args> int32_t call(const char *name, Args... args) {
    int32_t result = 0;
    EXPECT_EQ(ESPB_OK, instance_.call(name, &result, &error_, args...)) << error_.message;
    return result;
  }
  // The trap a call ends with; the message stays in error_.
  template <class... Args> espb_trap trap_of(const char *name, Args... args) {
    EXPECT_EQ(ESPB_TRAP, instance_.call_void(name, &error_, args...)) << error_.message;
    return error_.trap;
  }

  Console console_;
  HostSymbols symbols_;
  std::unique_ptr<Aligned> bytes_;
  ModuleOwner module_;
  InstanceOwner instance_;
  espb_error error_;
};

} // namespace espb::test

#endif
