// SPDX-License-Identifier: Apache-2.0
// Callbacks and contexts in the checked profile: tasks are threads, interrupt handlers are threads that say
// so.
#include "espb/port.h"
#include "host.h"
#include "runtime/module/instance.h"
#include "runtime/port/posix/port.h"

#include <atomic>
#include <condition_variable>
#include <csetjmp>
#include <mutex>
#include <thread>

namespace espb::test {

namespace {

typedef int (*unary)(int);

unary given[4];
std::atomic<bool> inside; // the guest spins
jmp_buf end_of_task;
std::vector<espb_error> reports;
std::vector<espb_instance *> report_instances;
std::mutex report_lock;

extern "C" {
void give(int place, unary f) { given[place] = f; }
int apply(unary f, int x) { return f(x); }
int call_given(int place, int x) { return given[place](x); }
int note(int x) {
  inside = true;
  return x;
}
int leave_task(int) { longjmp(end_of_task, 1); }
int quit(int status) {
  espb_end_guest(ESPB_TRAP_EXIT, nullptr, status);
  return 7;
}
}

void on_report(espb_instance *instance, const espb_error *error) {
  std::lock_guard<std::mutex> guard(report_lock);
  reports.push_back(*error);
  report_instances.push_back(instance);
}

std::vector<espb_error> got() {
  std::lock_guard<std::mutex> guard(report_lock);
  return reports;
}
std::vector<espb_instance *> got_instances() {
  std::lock_guard<std::mutex> guard(report_lock);
  return report_instances;
}
void forget_reports() {
  std::lock_guard<std::mutex> guard(report_lock);
  reports.clear();
  report_instances.clear();
}

const char *holder_names[8];
void on_holders(uintptr_t, uintptr_t, espb_port_holder_visitor visit, void *context) {
  for (const char *name : holder_names)
    if (name != nullptr)
      visit(context, name);
}

// Callables, given to native code by "give_all": 0 twice(x), 1 spin(x), 2 fail(x), 3 ping(x).
enum { kTwice, kSpin, kFail, kPing };
Builder contexts_module() {
  Builder b;
  const auto give_ = (uint8_t)b.import("give", "v(ip)"), apply_ = (uint8_t)b.import("apply", "i(pi)"),
             call_ = (uint8_t)b.import("call_given", "i(ii)"), note_ = (uint8_t)b.import("note", "i(i)"),
             leave_ = (uint8_t)b.import("leave_task", "i(i)"), quit_ = (uint8_t)b.import("quit", "i(i)");
  const unsigned twice = b.function(1, 1);
  b.callable(twice, "i(i)");
  b.op(kOp_ADD_rrr, {r(0), r(0), r(0)}).op(kOp_RET);
  const unsigned spin = b.function(1, 1);
  b.callable(spin, "i(i)");
  b.op(kOp_MOV_rr, {o(1, 0), r(0)}).op(kOp_CALLN8, {win(1), note_}).op(kOp_NOP).op(kOp_JMP8, {s8(-2)});
  const unsigned fail = b.function(1, 1);
  b.callable(fail, "i(i)");
  b.op(kOp_TRAP, {0});
  // ping(x) = x == 0 ? 0 : 1 + given[(x - 1) & 1](x - 1)
  const unsigned ping = b.function(1, 1);
  b.callable(ping, "i(i)");
  b.op(kOp_MOV_rr, {o(1, 1), r(0)}).op(kOp_LI_ri, {r(0), 0});
  b.op(kOp_ADD_rri, {o(1, 1), o(1, 1), s8(-1)}).op(kOp_AND_rri, {o(1, 0), o(1, 1), 1});
  b.op(kOp_CALLN8, {win(1), call_}).op(kOp_ADD_rri, {r(0), o(1, 0), 1}).op(kOp_RET);

  b.export_function("give_one", b.function(2, 2), "v(ii)"); // place, which callable
  b.op(kOp_LAFN, {o(2, 1), 0, 0}).op(kOp_SHL_rri, {r(1), r(1), 2}).op(kOp_ADD_rrr, {o(2, 1), o(2, 1), r(1)});
  b.op(kOp_MOV_rr, {o(2, 0), r(0)}).op(kOp_CALLN8, {win(2), give_}).op(kOp_RET);
  b.export_function("apply_fail", b.function(1, 0), "i()");
  b.op(kOp_LAFN, {o(1, 0), kFail, 0}).op(kOp_LI_ri, {o(1, 1), 1}).op(kOp_CALLN8, {win(1), apply_});
  b.op(kOp_LI_ri, {r(0), 55}).op(kOp_RET);
  b.export_function("call_given", b.function(2, 2), "i(ii)");
  b.op(kOp_MOV2_rr, {o(2, 0), o(2, 1), r(0), r(1)}).op(kOp_CALLN8, {win(2), call_});
  b.op(kOp_MOV_rr, {r(0), o(2, 0)}).op(kOp_RET);
  b.export_function("end_task", b.function(1, 1), "i(i)");
  b.op(kOp_MOV_rr, {o(1, 0), r(0)}).op(kOp_CALLN8, {win(1), leave_}).op(kOp_RET);
  b.export_function("quit", b.function(1, 1), "i(i)");
  b.op(kOp_MOV_rr, {o(1, 0), r(0)}).op(kOp_CALLN8, {win(1), quit_}).op(kOp_TRAP, {0});
  b.export_function("spin", spin, "i(i)");
  b.module.stack_bytes = 1024;
  b.module.register_stack_words = 256;
  return b;
}

class ContextsTest : public ::testing::Test {
protected:
  void SetUp() override {
    forget_reports();
    for (const char *&name : holder_names)
      name = nullptr;
    inside = false;
    espb_posix_on_report(on_report);
    espb_posix_on_visit_holders(on_holders);
    before_ = espb_posix_allocations();
    bytes_ = std::make_unique<Aligned>(contexts_module().bytes());
    ASSERT_EQ(ESPB_OK, module_.open(bytes_->data(), bytes_->size(), &error_)) << error_.message;
  }
  void TearDown() override {
    EXPECT_EQ(ESPB_OK, instance_.destroy(&error_)) << error_.message;
    EXPECT_EQ(ESPB_OK, module_.close());
    EXPECT_EQ(before_, espb_posix_allocations());
    espb_posix_on_report(nullptr);
    espb_posix_on_visit_holders(nullptr);
  }
  espb_status make(InstanceOwner &instance, const espb_options &options) {
    static const espb_symbol named[] = {{"give", (const void *)give, 0},
                                        {"apply", (const void *)apply, 0},
                                        {"call_given", (const void *)call_given, 0},
                                        {"note", (const void *)note, 0},
                                        {"leave_task", (const void *)leave_task, 0},
                                        {"quit", (const void *)quit, 0}};
    espb_symbols symbols = {};
    symbols.named = named;
    symbols.named_count = 6;
    espb_options all = options;
    all.heap_bytes = 4096;
    return instance.create(module_, symbols, &error_, &all);
  }
  void start(const espb_options &options = {}) {
    ASSERT_EQ(ESPB_OK, make(instance_, options)) << error_.message;
  }
  void give_one(InstanceOwner &instance, int place, int callable) {
    ASSERT_EQ(ESPB_OK, instance.call_void("give_one", &error_, place, callable)) << error_.message;
  }
  espb_usage usage() {
    espb_usage u;
    espb_instance_usage(instance_.get(), &u);
    return u;
  }
  // Runs given[place](x) in a task of its own until it spins.
  std::thread spinning(int place) {
    inside = false;
    std::thread task([place] { EXPECT_EQ(0, given[place](1)); });
    while (!inside)
      std::this_thread::yield();
    return task;
  }

  size_t before_ = 0;
  std::unique_ptr<Aligned> bytes_;
  ModuleOwner module_;
  InstanceOwner instance_;
  espb_error error_;
};

TEST_F(ContextsTest, CallbackFromOutside) {
  start();
  give_one(instance_, 0, kTwice);
  EXPECT_EQ(0u, usage().contexts);
  const size_t allocations = espb_posix_allocations();
  EXPECT_EQ(42, given[0](21));
  EXPECT_EQ(1u, usage().contexts);
  EXPECT_EQ(0u, usage().busy_contexts);
  EXPECT_EQ(allocations + 1, espb_posix_allocations());
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(2 * i, given[0](i));
  EXPECT_EQ(allocations + 1, espb_posix_allocations()) << "no more than the one context";
  EXPECT_EQ(2048u * 2, usage().stack_bytes);
}

TEST_F(ContextsTest, ManyTasksAtOnce) {
  start();
  give_one(instance_, 0, kTwice);
  std::vector<std::thread> tasks;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 6; ++t)
    tasks.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i)
        wrong += given[0](i + t) != 2 * (i + t);
    });
  for (std::thread &task : tasks)
    task.join();
  EXPECT_EQ(0, wrong);
  EXPECT_LE(usage().contexts, 6u);
  EXPECT_EQ(0u, usage().busy_contexts);
  EXPECT_TRUE(got().empty());
}

TEST_F(ContextsTest, BusyWhileATaskIsInside) {
  start();
  give_one(instance_, 0, kTwice);
  give_one(instance_, 1, kSpin);
  std::thread task = spinning(1);
  EXPECT_EQ(8, given[0](4)) << "another task is inside as well";
  EXPECT_EQ(1u, usage().busy_contexts);
  EXPECT_EQ(ESPB_BUSY, instance_.destroy(&error_));
  EXPECT_STREQ("1 task is inside guest code", error_.message);
  EXPECT_EQ(10, given[0](5)) << "nothing has happened";
  espb_stop(instance_.get());
  task.join();
  ASSERT_EQ(1u, got().size());
  EXPECT_EQ(ESPB_TRAP_STOPPED, got()[0].trap);
  EXPECT_EQ(instance_.get(), got_instances()[0]);
  EXPECT_EQ(0u, usage().busy_contexts);
}

TEST_F(ContextsTest, MainThreadIsOfOneTask) {
  start();
  espb_function function;
  ASSERT_EQ(ESPB_OK, espb_find_function(instance_.get(), "spin", &function, &error_));
  std::thread task([&] {
    espb_error error;
    espb_value value = {};
    EXPECT_EQ(ESPB_TRAP, espb_call(instance_.thread(), &function, &value, 1, nullptr, &error));
    EXPECT_EQ(ESPB_TRAP_STOPPED, error.trap);
  });
  while (!inside)
    std::this_thread::yield();
  EXPECT_EQ(ESPB_BAD_CALL, instance_.call_void("give_one", &error_, 0, 0));
  EXPECT_STREQ("another task is inside this thread", error_.message);
  ASSERT_EQ(ESPB_OK, espb_find_function(instance_.get(), "give_one", &function, &error_));
  const espb_value args[2] = {to_value(0), to_value(kTwice)};
  EXPECT_EQ(ESPB_OK, espb_call_any(&function, args, 2, nullptr, &error_)) << error_.message;
  EXPECT_EQ(6, given[0](3));
  espb_stop(instance_.get());
  task.join();
  EXPECT_TRUE(got().empty()) << "the caller got the trap";
}

TEST_F(ContextsTest, TrapWithNobodyOutsideIsReported) {
  start();
  give_one(instance_, 0, kFail);
  EXPECT_EQ(0, given[0](1));
  ASSERT_EQ(1u, got().size());
  EXPECT_EQ(ESPB_TRAP_UNREACHABLE, got()[0].trap);
  EXPECT_EQ(2u, got()[0].function);
  EXPECT_STREQ("unreachable code in function 2, offset 0xf", got()[0].message);
  EXPECT_EQ(instance_.get(), got_instances()[0]);
  EXPECT_EQ(0u, usage().busy_contexts);
}

TEST_F(ContextsTest, TrapInsideEndsTheOuterGuest) {
  start();
  int32_t result = 0;
  EXPECT_EQ(ESPB_TRAP, instance_.call("apply_fail", &result, &error_));
  EXPECT_EQ(ESPB_TRAP_UNREACHABLE, error_.trap);
  EXPECT_EQ(2u, error_.function) << "the innermost place";
  EXPECT_EQ(instance_.get(), error_.instance);
  EXPECT_TRUE(got().empty());
}

TEST_F(ContextsTest, TrapInAnotherInstanceEndsTheOuterGuest) {
  start();
  InstanceOwner other;
  ASSERT_EQ(ESPB_OK, make(other, {}));
  give_one(other, 0, kFail);
  int32_t result = 0;
  EXPECT_EQ(ESPB_TRAP, instance_.call("call_given", &result, &error_, 0, 5));
  EXPECT_EQ(ESPB_TRAP_UNREACHABLE, error_.trap);
  EXPECT_EQ(2u, error_.function);
  EXPECT_EQ(other.get(), error_.instance);
  EXPECT_STREQ("unreachable code in function 2, offset 0xf of another instance", error_.message);
  EXPECT_TRUE(got().empty());
  EXPECT_EQ(0u, usage().busy_contexts);
}

TEST_F(ContextsTest, ToAndFroBetweenInstances) {
  start();
  InstanceOwner other;
  ASSERT_EQ(ESPB_OK, make(other, {}));
  // given[1] is of the one instance and given[0] of the other; they call each other through native code.
  give_one(instance_, 1, kPing);
  give_one(other, 0, kPing);
  static unary real;
  real = given[0];
  given[0] = [](int x) { return x == 0 ? 0 : real(x); };
  unary first = given[1];
  EXPECT_EQ(9, first(9));
  espb_usage a, b;
  espb_instance_usage(instance_.get(), &a);
  espb_instance_usage(other.get(), &b);
  EXPECT_EQ(1u, a.contexts) << "a task has one context in an instance, however often it comes back";
  EXPECT_EQ(1u, b.contexts);
  EXPECT_EQ(0u, a.busy_contexts + b.busy_contexts);
}

TEST_F(ContextsTest, LateCallOfADeadCallback) {
  start();
  give_one(instance_, 0, kTwice);
  EXPECT_EQ(2, given[0](1));
  EXPECT_EQ(ESPB_OK, instance_.destroy(&error_));
  EXPECT_EQ(0, given[0](1));
  ASSERT_EQ(1u, got().size());
  EXPECT_EQ(ESPB_TRAP_BAD_CALL, got()[0].trap);
  EXPECT_EQ(nullptr, got_instances()[0]);
  EXPECT_STREQ("call of a function whose module was unloaded", got()[0].message);
}

TEST_F(ContextsTest, UnloadIsRefusedWhileCallbacksAreHeld) {
  start();
  give_one(instance_, 0, kTwice);
  holder_names[0] = "timer \"blink\"";
  EXPECT_EQ(ESPB_BUSY, instance_.destroy(&error_));
  EXPECT_STREQ("native code still holds 1 callback: timer \"blink\"", error_.message);
  EXPECT_EQ(4, given[0](2)) << "nothing has happened";
  for (const char *&name : holder_names)
    name = "timer with a name that is rather long";
  EXPECT_EQ(ESPB_BUSY, instance_.destroy(&error_));
  EXPECT_EQ(0, strncmp("native code still holds 8 callbacks: timer with", error_.message, 47))
      << error_.message;
  EXPECT_LT(120u, strlen(error_.message)) << "as many as there is room for";
  for (const char *&name : holder_names)
    name = nullptr;
}

TEST_F(ContextsTest, NoMoreContexts) {
  espb_options options = {};
  options.contexts = 1;
  start(options);
  give_one(instance_, 0, kTwice);
  give_one(instance_, 1, kSpin);
  std::thread task = spinning(1);
  EXPECT_EQ(0, given[0](4));
  ASSERT_EQ(1u, got().size());
  EXPECT_EQ(ESPB_TRAP_NO_CONTEXT, got()[0].trap);
  EXPECT_STREQ("no free context: all 1 in use (espb_options.contexts)", got()[0].message);
  espb_stop(instance_.get());
  task.join();
  EXPECT_EQ(8, given[0](4));
}

TEST_F(ContextsTest, InterruptsHaveReservedContexts) {
  espb_options options = {};
  options.contexts = 2;
  options.reserved_contexts = 1;
  start(options);
  EXPECT_EQ(1u, usage().contexts);
  give_one(instance_, 0, kTwice);
  give_one(instance_, 1, kSpin);
  std::thread task = spinning(1);
  const size_t allocations = espb_posix_allocations();
  EXPECT_EQ(0, given[0](4)) << "the reserved one is not for tasks";
  EXPECT_EQ(1u, got().size());
  espb_posix_set_in_interrupt(true);
  EXPECT_EQ(14, given[0](7));
  EXPECT_EQ(nullptr, espb_current_thread());
  espb_posix_set_in_interrupt(false);
  EXPECT_EQ(allocations, espb_posix_allocations());
  espb_stop(instance_.get());
  task.join();
  forget_reports();
  give_one(instance_, 2, kFail);
  espb_posix_set_in_interrupt(true);
  EXPECT_EQ(0, given[2](7));
  EXPECT_EQ(2, given[0](1)) << "given back after a trap";
  espb_posix_set_in_interrupt(false);
  EXPECT_EQ(1u, got().size());
}

TEST_F(ContextsTest, OptionsThatMakeNoSense) {
  espb_options options = {};
  options.contexts = 2;
  options.reserved_contexts = 3;
  InstanceOwner instance;
  EXPECT_EQ(ESPB_NO_MEMORY, make(instance, options));
  options = {};
  options.context_stack_bytes = 0xffffffff;
  EXPECT_EQ(ESPB_NO_MEMORY, make(instance, options));
}

TEST_F(ContextsTest, EveryAllocationMayFail) {
  espb_options options = {};
  options.reserved_contexts = 2;
  uint32_t failed = 0;
  for (uint32_t n = 1;; ++n) {
    espb_posix_fail_allocation(n);
    const espb_status status = make(instance_, options);
    espb_posix_fail_allocation(0);
    if (status == ESPB_OK)
      break;
    EXPECT_EQ(ESPB_NO_MEMORY, status);
    EXPECT_NE(nullptr, strstr(error_.message, "no memory for")) << error_.message;
    ++failed;
  }
  EXPECT_GE(failed, 4u) << "instance, memory and two contexts";
  // The table of closures, then the handle of a pointer that native code has.
  espb_posix_fail_allocation(1);
  EXPECT_EQ(ESPB_TRAP, instance_.call_void("give_one", &error_, 0, 0));
  EXPECT_NE(nullptr, strstr(error_.message, "no memory for a callback")) << error_.message;
  espb_posix_fail_allocation(0);
  give_one(instance_, 0, kTwice);
  espb_posix_fail_allocation(1);
  EXPECT_EQ(0, given[0](2));
  espb_posix_fail_allocation(0);
  ASSERT_EQ(1u, got().size());
  EXPECT_STREQ("no free context: 2 in use, no memory for one more", got()[0].message);
  EXPECT_EQ(4, given[0](2));
  espb_posix_fail_allocation(1);
  EXPECT_EQ(0u, espb_guest_function(instance_.get(), (const void *)on_report));
  espb_posix_fail_allocation(0);
  EXPECT_NE(0u, espb_guest_function(instance_.get(), (const void *)on_report));
}

TEST_F(ContextsTest, PointersBothWays) {
  start();
  give_one(instance_, 0, kTwice);
  const uint32_t guest = espb_guest_function(instance_.get(), (const void *)given[0]);
  EXPECT_EQ(kCallableBase + 4u * kTwice, guest) << "the guest knows its own function again";
  EXPECT_EQ((void *)given[0], espb_native_function(instance_.get(), guest));
  EXPECT_EQ(nullptr, espb_native_function(instance_.get(), guest + 2));
  EXPECT_EQ(nullptr, espb_native_function(instance_.get(), guest + 400));
  EXPECT_EQ(nullptr, espb_native_function(instance_.get(), 4096));
  const uint32_t handle = espb_guest_function(instance_.get(), (const void *)on_report);
  EXPECT_EQ((void *)on_report, espb_native_function(instance_.get(), handle));
  EXPECT_EQ(handle, espb_guest_function(instance_.get(), (const void *)on_report));
}

TEST_F(ContextsTest, FuelOfContexts) {
  espb_options options = {};
  options.context_fuel = 1000;
  start(options);
  give_one(instance_, 0, kTwice);
  give_one(instance_, 1, kSpin);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(0, given[1](1));
    EXPECT_EQ(4, given[0](2)) << "each entry from outside has its own";
  }
  ASSERT_EQ(3u, got().size());
  EXPECT_EQ(ESPB_TRAP_OUT_OF_FUEL, got()[2].trap);
}

TEST_F(ContextsTest, ATaskThatEndsInsideGivesEverythingBack) {
  espb_options options = {};
  options.contexts = 1;
  start(options);
  espb_function function;
  ASSERT_EQ(ESPB_OK, espb_find_function(instance_.get(), "end_task", &function, &error_));
  for (int i = 0; i < 20; ++i) {
    std::thread task([&] {
      espb_error error;
      espb_value value = {};
      // As a deleted task, it never comes back to what called it.
      if (setjmp(end_of_task) == 0)
        espb_call_any(&function, &value, 1, nullptr, &error);
    });
    task.join();
  }
  EXPECT_EQ(0u, usage().busy_contexts);
  EXPECT_EQ(1u, usage().contexts);
}

TEST_F(ContextsTest, NativeFunctionsEndTheGuest) {
  start();
  EXPECT_FALSE(espb_end_guest(ESPB_TRAP_ABORT, nullptr, 0)) << "no guest called";
  int32_t result = 0;
  EXPECT_EQ(ESPB_TRAP, instance_.call("quit", &result, &error_, 12));
  EXPECT_EQ(ESPB_TRAP_EXIT, error_.trap);
  EXPECT_EQ(12, error_.exit_status);
  EXPECT_EQ(nullptr, espb_current_thread());
}

TEST_F(ContextsTest, HotSwap) {
  size_t level = 0;
  for (int i = 0; i < 10000; ++i) {
    ASSERT_EQ(ESPB_OK, make(instance_, {})) << i << error_.message;
    give_one(instance_, 0, kTwice);
    ASSERT_EQ(2 * i, given[0](i));
    ASSERT_EQ(ESPB_OK, instance_.destroy(&error_)) << error_.message;
    if (i == 0)
      level = espb_posix_allocated_bytes();
    ASSERT_EQ(level, espb_posix_allocated_bytes());
  }
}

} // namespace
} // namespace espb::test
