// SPDX-License-Identifier: Apache-2.0
// Running modules: calls, data, callbacks, traps, fuel, stop, initialisers and finalisers.
#include "host.h"
#include "runtime/module/instance.h"

#include <memory>
#include <thread>

namespace espb::test {

class RunTest : public Running {
protected:
  void SetUp() override { start(sample().bytes()); }
};

TEST_F(RunTest, CallsByValue) {
  EXPECT_EQ(5, call("add", 2, 3));
  EXPECT_EQ(5050, call("sum_to", 100));
  EXPECT_EQ(-3, call("divide", -7, 2));
  EXPECT_EQ(10, call("pick", 0));
  EXPECT_EQ(20, call("pick", 1));
  EXPECT_EQ(99, call("pick", 2));
  EXPECT_EQ(99, call("pick", -1));
  EXPECT_EQ(45, call("frame", 43));
  EXPECT_EQ(9, call("ninth", 1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST_F(RunTest, PassesPairs) {
  int64_t sum = 0;
  EXPECT_EQ(ESPB_OK, instance_.call("wide", &sum, &error_, (int64_t)0xffffffff, (int64_t)1));
  EXPECT_EQ(0x100000000, sum);
}

TEST_F(RunTest, KeepsDataBetweenCalls) {
  EXPECT_EQ(1, call("count"));
  EXPECT_EQ(2, call("count"));
  EXPECT_EQ(77, call("mark")) << "the initialiser has not run";
}

TEST_F(RunTest, CallsImports) {
  call("greet");
  EXPECT_EQ("Hello\n", console_.text());
  EXPECT_EQ(12, call("format", 42, 2.5));
  const char *text =
      static_cast<char *>(espb_guest_memory(instance_.get(), instance_.thread()->data_base + 44, 13));
  EXPECT_STREQ("42-abc-2.50\n", text);
  EXPECT_EQ(3, call("length"));
}

TEST_F(RunTest, ImportedObjectsLieInGuestMemory) { EXPECT_NE(0, call("stdout_word")); }

TEST_F(RunTest, HostFunctionsCallBack) { EXPECT_EQ(1, call("sort")); }

TEST_F(RunTest, FunctionPointersInData) { EXPECT_EQ(30, call("indirect", 10, 20)); }

TEST_F(RunTest, FinalisersRunOnDestroy) {
  EXPECT_EQ(ESPB_OK, instance_.destroy(&error_));
  EXPECT_EQ("abc\n", console_.text());
}

TEST_F(RunTest, FinalisersDoNotRunAfterATrap) {
  EXPECT_EQ(ESPB_TRAP_UNREACHABLE, trap_of("unreachable"));
  EXPECT_EQ(ESPB_OK, instance_.destroy(&error_));
  EXPECT_EQ("", console_.text());
}

TEST_F(RunTest, ModuleIsBusyWhileInstancesLive) {
  EXPECT_EQ(ESPB_BUSY, module_.close());
  EXPECT_EQ(ESPB_OK, instance_.destroy(&error_));
  EXPECT_EQ(ESPB_OK, module_.close());
}

TEST_F(RunTest, UsageCountsWhatWasAllocated) {
  call("frame", 1);
  espb_usage usage;
  espb_instance_usage(instance_.get(), &usage);
  EXPECT_EQ(bytes_->size(), usage.module_bytes);
  EXPECT_EQ(144u, usage.data_bytes);
  EXPECT_EQ(1024u + 4 * 256, usage.stack_bytes);
  EXPECT_GE(usage.peak_stack_bytes, 16u);
  EXPECT_LT(usage.overhead_bytes, 1024u);
}

// ---- Traps: kind, place and text
// ----------------------------------------------------------------------------------------------

TEST_F(RunTest, DivisionByZero) {
  EXPECT_EQ(ESPB_TRAP_DIVIDE_BY_ZERO, trap_of("divide", 1, 0));
  EXPECT_STREQ("division by zero in function 2, offset 0x13", error_.message);
  EXPECT_EQ(2u, error_.function);
  EXPECT_EQ(0x13u, error_.code_offset);
}

TEST_F(RunTest, Unreachable) {
  EXPECT_EQ(ESPB_TRAP_UNREACHABLE, trap_of("unreachable"));
  EXPECT_EQ(0, strncmp("unreachable code in function ", error_.message, 29)) << error_.message;
}

TEST_F(RunTest, RegisterStackOverflow) {
  EXPECT_EQ(ESPB_TRAP_STACK_OVERFLOW, trap_of("recurse", 0));
  EXPECT_EQ(3u, error_.function);
  EXPECT_EQ(5, call("add", 2, 3)) << "the thread is usable after a trap";
}

TEST_F(RunTest, DataStackOverflow) {
  EXPECT_EQ(ESPB_TRAP_STACK_OVERFLOW, trap_of("big_frame"));
  EXPECT_EQ(0, strncmp("stack overflow in function ", error_.message, 27)) << error_.message;
}

TEST_F(RunTest, OutOfBounds) {
  for (uint32_t address : {0u, 4092u, 0x7fffffffu, 0xfffffffeu, 0xe0000000u, 0xf0000000u}) {
    EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("peek", address)) << address;
    EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("poke", address, 1)) << address;
  }
  // rodata is there to be read
  EXPECT_EQ(0x6c6c6548, call("peek", 4096u));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_BOUNDS, trap_of("poke", 4096u, 1));
}

TEST_F(RunTest, BadCallThroughAPointer) {
  EXPECT_EQ(ESPB_TRAP_BAD_CALL, trap_of("call_through", 0u));
  EXPECT_EQ(ESPB_TRAP_BAD_CALL, trap_of("call_through", 4096u));
  EXPECT_EQ(ESPB_TRAP_BAD_CALL, trap_of("call_through", 0xf0000001u));
  EXPECT_EQ(ESPB_TRAP_BAD_CALL, trap_of("call_through", 0xf0000100u));
  EXPECT_EQ(ESPB_TRAP_BAD_CALL, trap_of("call_through", 0xc0000000u));
  EXPECT_EQ(
      0, strncmp("bad call through a pointer: the pointer is no function in function ", error_.message, 67))
      << error_.message;
}

TEST_F(RunTest, CallOfAMissingWeakImport) {
  EXPECT_EQ(ESPB_TRAP_BAD_CALL, trap_of("call_weak"));
  EXPECT_EQ(0, strncmp("bad call through a pointer: the weak import is missing in this firmware",
                       error_.message, 71))
      << error_.message;
}

TEST_F(RunTest, OutOfFuel) {
  espb_thread_set_fuel(instance_.thread(), 1000);
  EXPECT_EQ(ESPB_TRAP_OUT_OF_FUEL, trap_of("forever"));
  EXPECT_EQ(0, strncmp("out of fuel in function ", error_.message, 24)) << error_.message;
  EXPECT_EQ(0u, espb_thread_fuel(instance_.thread()));
  EXPECT_EQ(ESPB_TRAP_OUT_OF_FUEL, trap_of("add", 1, 2)) << "an entry needs fuel too";
  espb_thread_set_fuel(instance_.thread(), ESPB_FUEL_UNLIMITED);
  EXPECT_EQ(3, call("add", 1, 2));
  EXPECT_EQ(ESPB_FUEL_UNLIMITED, espb_thread_fuel(instance_.thread()));
}

TEST_F(RunTest, FuelIsTheSameEveryTime) {
  auto used = [&] {
    espb_thread_set_fuel(instance_.thread(), 1000000);
    call("sum_to", 5000);
    return 1000000 - espb_thread_fuel(instance_.thread());
  };
  uint64_t first = used();
  EXPECT_GT(first, 4000u);
  EXPECT_LT(first, 20000u);
  EXPECT_EQ(first, used());
}

TEST_F(RunTest, StoppedFromAnotherTask) {
  std::thread stopper([&] { espb_thread_stop(instance_.thread()); });
  EXPECT_EQ(ESPB_TRAP_STOPPED, trap_of("forever"));
  stopper.join();
  EXPECT_EQ(5, call("add", 2, 3)) << "a stop counts once";
}

// ---- Misuse of the API
// ----------------------------------------------------------------------------------------------------------

TEST_F(RunTest, UnknownExport) {
  int32_t result;
  EXPECT_EQ(ESPB_NOT_FOUND, instance_.call("no_such", &result, &error_));
  EXPECT_STREQ("the module exports no function \"no_such\"", error_.message);
}

TEST_F(RunTest, WrongNumberOfArguments) {
  int32_t result;
  EXPECT_EQ(ESPB_BAD_CALL, instance_.call("add", &result, &error_, 1));
  EXPECT_STREQ("arguments do not fit signature \"i(ii)\"", error_.message);
}

TEST_F(RunTest, ErrorMayBeNull) {
  int32_t result;
  EXPECT_EQ(ESPB_TRAP, instance_.call("divide", &result, nullptr, 1, 0));
  EXPECT_EQ(ESPB_NOT_FOUND, instance_.call("no_such", &result, nullptr));
}

TEST_F(RunTest, GuestMemoryAndAddresses) {
  void *memory = espb_guest_memory(instance_.get(), 4096, 5);
  ASSERT_NE(nullptr, memory);
  EXPECT_EQ(0, memcmp(memory, "Hello", 5));
  EXPECT_EQ(4096u, espb_guest_address(instance_.get(), memory));
  EXPECT_EQ(nullptr, espb_guest_memory(instance_.get(), 0, 1));
  EXPECT_EQ(nullptr, espb_guest_memory(instance_.get(), 4096, 0x40000000));
  EXPECT_EQ(0u, espb_guest_address(instance_.get(), &memory));
}

// Two instances of one module share nothing that changes.
TEST_F(RunTest, InstancesAreSeparate) {
  InstanceOwner other;
  ASSERT_EQ(ESPB_OK, other.create(module_, symbols_.get(), &error_)) << error_.message;
  call("count");
  call("count");
  int32_t result = 0;
  EXPECT_EQ(ESPB_OK, other.call("count", &result, &error_));
  EXPECT_EQ(1, result);
  EXPECT_EQ(ESPB_OK, other.call("mark", &result, &error_));
  EXPECT_EQ(0, result) << "nobody initialised this one";
}

// ---- exit and abort
// ------------------------------------------------------------------------------------------------------------------

TEST_F(Running, ExitEndsTheRunInOrder) {
  Builder b;
  unsigned exit_ = b.import("exit", "v(i)"), puts_ = b.import("puts", "i(p)");
  b.module.rodata = {'b', 'y', 'e', 0};
  b.export_function("leave", b.function(1, 1), "v(i)");
  b.op(kOp_MOV_rr, {o(1, 0), r(0)}).op(kOp_CALLN8, {win(1), (uint8_t)exit_}).op(kOp_TRAP, {0});
  b.module.finalisers.push_back((uint16_t)b.function(1, 0));
  b.op(kOp_LARO_r, {o(1, 0), 0, 0}).op(kOp_CALLN8, {win(1), (uint8_t)puts_}).op(kOp_RET);
  start(b.bytes());
  EXPECT_EQ(ESPB_TRAP_EXIT, trap_of("leave", -3));
  EXPECT_EQ(-3, error_.exit_status);
  EXPECT_EQ(0, strncmp("exit in function 0", error_.message, 18)) << error_.message;
  EXPECT_EQ(ESPB_OK, instance_.destroy(&error_));
  EXPECT_EQ("bye\n", console_.text());
}

TEST_F(Running, AbortAndBadFree) {
  Builder b;
  unsigned abort_ = b.import("abort", "v()"), free_ = b.import("free", "v(p)"),
           malloc_ = b.import("malloc", "p(i)");
  b.export_function("give_up", b.function(1, 0), "v()");
  b.op(kOp_CALLN8, {win(1), (uint8_t)abort_}).op(kOp_TRAP, {0});
  b.export_function("free", b.function(1, 1), "v(p)");
  b.op(kOp_MOV_rr, {o(1, 0), r(0)}).op(kOp_CALLN8, {win(1), (uint8_t)free_}).op(kOp_RET);
  b.export_function("malloc", b.function(1, 1), "p(i)");
  b.op(kOp_MOV_rr, {o(1, 0), r(0)})
      .op(kOp_CALLN8, {win(1), (uint8_t)malloc_})
      .op(kOp_MOV_rr, {r(0), o(1, 0)})
      .op(kOp_RET);
  start(b.bytes());
  EXPECT_EQ(ESPB_TRAP_ABORT, trap_of("give_up"));
  EXPECT_EQ(0, strncmp("abort: abort() was called in function 0", error_.message, 39)) << error_.message;
  int32_t block = call("malloc", 100);
  EXPECT_NE(0, block);
  EXPECT_EQ(0, block % 16);
  instance_.call_void("free", &error_, block);
  EXPECT_EQ(ESPB_TRAP_ABORT, trap_of("free", block));
  EXPECT_EQ(0, strncmp("abort: block that was freed before", error_.message, 34)) << error_.message;
  EXPECT_EQ(ESPB_TRAP_ABORT, trap_of("free", block + 16));
  EXPECT_EQ(ESPB_TRAP_ABORT, trap_of("free", 4096));
  EXPECT_EQ(block, call("malloc", 100)) << "freed memory is used again";
  EXPECT_EQ(0, call("malloc", 0x7fffffff));
}

} // namespace espb::test
