// SPDX-License-Identifier: Apache-2.0
// Hostile input: every truncation and every single-byte corruption of the sample is refused or runs safely;
// every allocation may fail. AddressSanitizer and UBSan make these tests strict (ESPB_SANITIZE).
#include "host.h"
#include "runtime/port/posix/port.h"

namespace espb::test {

namespace {

// Loads and, when that succeeds, calls every exported function with odd arguments, with little fuel.
bool run_all(const std::vector<uint8_t> &bytes, const espb_symbols &symbols) {
  Aligned aligned(bytes);
  espb_module *module;
  espb_instance *instance;
  espb_error error;
  if (espb_module_open(aligned.data(), aligned.size(), &module, &error) != ESPB_OK) {
    EXPECT_NE('\0', error.message[0]);
    return false;
  }
  espb_options options = {};
  options.heap_bytes = 1 << 14;
  bool linked = espb_instantiate(module, &symbols, &options, &instance, &error) == ESPB_OK;
  if (linked) {
    espb_thread *thread = espb_main_thread(instance);
    espb_thread_set_fuel(thread, 5000);
    espb_initialise(instance, &error);
    for (const char *name : {"add",          "sum_to",      "divide",    "recurse",     "pick", "count",
                             "greet",        "sort",        "frame",     "indirect",    "wide", "forever",
                             "format",       "length",      "call_weak", "stdout_word", "poke", "peek",
                             "call_through", "unreachable", "ninth",     "big_frame",   "mark"}) {
      espb_function function;
      if (espb_find_function(instance, name, &function, &error) != ESPB_OK)
        continue;
      espb_value args[16];
      uint32_t count = 0;
      for (const char *letter = strchr(function.signature, '(') + 1;
           *letter != ')' && *letter != '.' && count < 16; ++letter, ++count)
        args[count] = to_value((int64_t)0xfffffff0fffffffc + count);
      espb_value result;
      espb_thread_set_fuel(thread, 2000);
      espb_status status = espb_call(thread, &function, args, count, &result, &error);
      EXPECT_TRUE(status == ESPB_OK || status == ESPB_TRAP || status == ESPB_BAD_CALL);
    }
    espb_thread_set_fuel(thread, 2000);
    espb_destroy(instance, &error);
  } else {
    EXPECT_EQ(nullptr, instance);
    EXPECT_NE('\0', error.message[0]);
  }
  EXPECT_EQ(ESPB_OK, espb_module_close(module));
  return linked;
}

class Hostile : public ::testing::Test {
protected:
  void SetUp() override {
    before_ = espb_posix_allocations();
    espb_posix_limit_memory(256u << 20);
  }
  void TearDown() override {
    espb_posix_limit_memory(SIZE_MAX);
    EXPECT_EQ(before_, espb_posix_allocations()) << "memory was not given back";
  }
  size_t before_;
  HostSymbols symbols_;
  Console console_;
};

} // namespace

TEST_F(Hostile, TheSampleRuns) { EXPECT_TRUE(run_all(sample().bytes(), symbols_.get())); }

TEST_F(Hostile, EveryTruncation) {
  std::vector<uint8_t> bytes = sample().bytes();
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(run_all({bytes.begin(), bytes.begin() + (long)size}, symbols_.get())) << size;
}

// All 255 other values of every byte.
TEST_F(Hostile, EverySingleByteCorruption) {
  std::vector<uint8_t> bytes = sample().bytes();
  size_t ran = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    uint8_t good = bytes[i];
    for (unsigned value = 0; value < 256; ++value) {
      if (value == good)
        continue;
      bytes[i] = (uint8_t)value;
      ran += run_all(bytes, symbols_.get());
    }
    bytes[i] = good;
  }
  EXPECT_GT(ran, 1000u) << "the corruptions must not all be refused: then nothing ran";
}

// Every allocation fails once: the load says so, and everything is given back.
TEST_F(Hostile, EveryAllocationFailsOnce) {
  Aligned aligned(sample().bytes());
  std::vector<std::string> messages;
  for (uint32_t n = 1;; ++n) {
    espb_posix_fail_allocation(n);
    espb_module *module;
    espb_instance *instance = nullptr;
    espb_error error;
    espb_status status = espb_module_open(aligned.data(), aligned.size(), &module, &error);
    if (status == ESPB_OK)
      status = espb_instantiate(module, &symbols_.get(), nullptr, &instance, &error);
    espb_posix_fail_allocation(0);
    if (status == ESPB_OK) {
      espb_destroy(instance, nullptr);
      espb_module_close(module);
      break;
    }
    EXPECT_EQ(ESPB_NO_MEMORY, status);
    EXPECT_EQ(nullptr, instance);
    espb_module_close(module);
    EXPECT_EQ(before_, espb_posix_allocations()) << "allocation " << n;
    messages.push_back(std::string(error.message).substr(0, strcspn(error.message, ":")));
    ASSERT_LT(n, 100u);
  }
  EXPECT_EQ((std::vector<std::string>{"no memory for the module's description",
                                      "no memory for the instance and its register stack",
                                      "no memory for the instance's memory"}),
            messages);
}

TEST_F(Hostile, UnreasonableOptions) {
  Aligned aligned(sample().bytes());
  espb_module *module;
  espb_instance *instance;
  espb_error error;
  ASSERT_EQ(ESPB_OK, espb_module_open(aligned.data(), aligned.size(), &module, &error));
  espb_options options = {};
  options.stack_bytes = 0xffffffff;
  EXPECT_EQ(ESPB_NO_MEMORY, espb_instantiate(module, &symbols_.get(), &options, &instance, &error));
  options = {};
  options.register_stack_words = 0xffffffff;
  EXPECT_EQ(ESPB_NO_MEMORY, espb_instantiate(module, &symbols_.get(), &options, &instance, &error));
  options = {};
  options.heap_bytes = 0xffffffff;
  EXPECT_EQ(ESPB_NO_MEMORY, espb_instantiate(module, &symbols_.get(), &options, &instance, &error));
  options.stack_bytes = options.register_stack_words = options.heap_bytes = 1;
  EXPECT_EQ(ESPB_OK, espb_instantiate(module, &symbols_.get(), &options, &instance, &error)) << error.message;
  espb_destroy(instance, nullptr);
  espb_module_close(module);
}

} // namespace espb::test
