// SPDX-License-Identifier: Apache-2.0
// Contexts on RV32. There is no kernel: a task is whatever has a task slot of its own, an interrupt handler
// what says so, and a deleted task one that native code leaves by longjmp.
#include "driver.h"
#include "espb/port.h"
#include "module/instance.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*unary_function)(int);
typedef int (*handler)(void *user, int event);

extern "C" {
extern const char swap_module[], swap_module_end[];
void *__real_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind);
void *__wrap_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind);
void __real_espb_port_free(void *memory, espb_memory_kind kind);
void __wrap_espb_port_free(void *memory, espb_memory_kind kind);
}

namespace {

int living, fail_at;
void *slot;
bool slot_fails, interrupt;
espb_error last_report;
espb_instance *last_instance;
int report_count;
const char *holder;
uintptr_t asked_first, asked_last;

unary_function given[4];
handler handlers[2];
void *users[2];
int constructions;
jmp_buf end_of_task;

void give(int place, unary_function f) { given[place] = f; }
void give_handler(int place, handler f, void *user) {
  handlers[place] = f;
  users[place] = user;
}
int apply_one(unary_function f, int x) { return f(x); }
int call_given(int place, int x) { return given[place](x); }
void constructed(int which) { constructions = constructions * 10 + which; }
void abort_guest() { espb_end_guest(ESPB_TRAP_ABORT, "abort() was called", 0); }
void leave_task() { longjmp(end_of_task, 1); }

espb_symbols symbols;
espb_module *module;

espb_status make(espb_instance **instance, const espb_options &options, espb_error *error) {
  const espb_status status = espb_instantiate(module, &symbols, &options, instance, error);
  return status == ESPB_OK ? espb_initialise(*instance, error) : status;
}

void call(espb_instance *instance, const char *name, int argument = 0, int second = 0) {
  espb_function function;
  espb_error error;
  const espb_value args[2] = {{argument}, {second}};
  expect(espb_find_function(instance, name, &function, &error) == ESPB_OK, name);
  const uint32_t count = static_cast<uint32_t>(strlen(strchr(function.signature, '('))) - 2;
  expect(espb_call(espb_main_thread(instance), &function, args, count, nullptr, &error) == ESPB_OK,
         error.message);
}

// Runs something as another task would: with a slot of its own.
template <class F> int as_another_task(F f) {
  void *const saved = slot;
  slot = nullptr;
  const int result = f();
  expect(slot == nullptr, "a task's slot is empty when it is in no guest");
  slot = saved;
  return result;
}

uint32_t busy(espb_instance *instance) {
  espb_usage usage;
  espb_instance_usage(instance, &usage);
  return usage.busy_contexts;
}

espb_options small_options() {
  espb_options options = {};
  options.stack_bytes = 1024;
  options.register_stack_words = 256;
  options.contexts = 2;
  return options;
}

void expect_report(espb_trap trap, const char *text, const espb_instance *instance) {
  expect(report_count == 1 && last_report.trap == trap && strstr(last_report.message, text) != nullptr &&
             last_instance == instance,
         text);
  if (report_count != 1 || strstr(last_report.message, text) == nullptr)
    printf("  %d reports, the last: %s\n", report_count, last_report.message);
  report_count = 0;
}

void test_cxx(espb_instance *instance) {
  expect(constructions == 1212, "constructors, in order, of two instances");
  call(instance, "give_handlers");
  expect(handlers[0](users[0], 5) == 5 && handlers[0](users[0], 6) == 11 && handlers[1](users[1], 7) == 14,
         "virtual handlers");
  call(instance, "drop_handlers");
  call(instance, "give_lambda", 0);
  expect(given[0](14) == 42, "a lambda without captures is a function pointer");
}

// A task that native code, called by the guest, never comes back from.
[[gnu::noinline]] void end_inside() {
  slot = nullptr;
  if (setjmp(end_of_task) == 0)
    given[1](5);
}

void test_tasks(espb_instance *instance) {
  call(instance, "give_lambda", 0);
  call(instance, "give_leaving", 1);
  // Three tasks are deleted inside the guest; each one's context is given back.
  for (int i = 0; i < 3; ++i) {
    end_inside();
    expect(slot != nullptr && busy(instance) == 1, "the task is inside");
    expect(espb_current_thread() == slot, "the task's innermost thread");
    espb_error error;
    expect(espb_destroy(instance, &error) == ESPB_BUSY &&
               strcmp(error.message, "1 task is inside guest code") == 0,
           "busy");
    expect(as_another_task([] { return given[0](2); }) == 6, "another task at the same time");
    espb_port_lock();
    espb_task_ended(slot);
    espb_port_unlock();
    slot = nullptr;
    expect(busy(instance) == 0, "the deleted task's context is back");
  }
  // Two tasks inside: no context is left for a third, but a reserved one for an interrupt handler would be.
  void *tasks[2];
  for (void *&task : tasks) {
    end_inside();
    task = slot;
  }
  expect(as_another_task([] { return given[0](2); }) == 0, "no context for a third task");
  expect_report(ESPB_TRAP_NO_CONTEXT, "no free context: all 2 in use", instance);
  espb_error error;
  expect(espb_destroy(instance, &error) == ESPB_BUSY &&
             strcmp(error.message, "2 tasks are inside guest code") == 0,
         "busy with two");
  for (void *task : tasks)
    espb_task_ended(task);
  slot = nullptr;
  expect(given[0](2) == 6, "contexts are back");
  slot_fails = true;
  expect(given[0](2) == 0, "no slot");
  slot_fails = false;
  expect_report(ESPB_TRAP_NO_CONTEXT, "no memory for the task's slot", instance);
  expect(given[0](3) == 9 && busy(instance) == 0, "all well again");
}

void test_traps(espb_instance *instance, espb_instance *other) {
  call(instance, "give_trap", 0);
  expect(given[0](1) == 0, "a callback that traps gives 0");
  expect_report(ESPB_TRAP_DIVIDE_BY_ZERO, "division by zero in function", instance);
  // The other instance's guest calls it through native code: that one traps too.
  espb_function function;
  espb_error error;
  const espb_value args[2] = {{0}, {1}};
  espb_find_function(other, "call_other", &function, &error);
  expect(espb_call(espb_main_thread(other), &function, args, 2, nullptr, &error) == ESPB_TRAP &&
             error.trap == ESPB_TRAP_DIVIDE_BY_ZERO && error.instance == instance &&
             strstr(error.message, " of another instance") != nullptr,
         "a trap in another instance");
  expect(report_count == 0 && slot == nullptr && busy(instance) + busy(other) == 0,
         "told once, and all given back");
  call(instance, "give_recursion", 0);
  expect(given[0](1) == 0, "endless recursion through native code");
  expect_report(ESPB_TRAP_STACK_OVERFLOW, "stack overflow in function", instance);
  call(instance, "give_deep", 0);
  expect(given[0](1) == 0, "endless recursion in the guest");
  expect_report(ESPB_TRAP_STACK_OVERFLOW, "stack overflow in function", instance);
}

// given[1] of one instance and given[0] of the other call each other.
int (*real_ping)(int);
void test_to_and_fro(espb_instance *instance, espb_instance *other) {
  call(instance, "give_ping", 1);
  call(other, "give_ping", 0);
  real_ping = given[0];
  given[0] = [](int x) { return x == 0 ? 0 : real_ping(x); };
  unary_function first = given[1];
  expect(first(9) == 9, "to and fro between instances");
  espb_usage usage;
  espb_instance_usage(instance, &usage);
  expect(usage.contexts <= 2 && busy(instance) + busy(other) == 0 && slot == nullptr,
         "with one context each");
}

void test_interrupts() {
  espb_options options = small_options();
  options.reserved_contexts = 1;
  options.contexts = 1;
  espb_error error;
  espb_instance *instance;
  expect(make(&instance, options, &error) == ESPB_OK, error.message);
  call(instance, "give_lambda", 0);
  expect(given[0](1) == 0, "the reserved context is for interrupts");
  expect_report(ESPB_TRAP_NO_CONTEXT, "no free context: all 1 in use", instance);
  const int before = living;
  interrupt = true;
  expect(given[0](5) == 15 && given[0](6) == 18, "interrupt handlers have it");
  interrupt = false;
  expect(living == before && busy(instance) == 0, "without allocating");
  expect(espb_destroy(instance, &error) == ESPB_OK, error.message);
}

void test_unload() {
  espb_error error;
  espb_instance *instance;
  const int level = living;
  expect(make(&instance, small_options(), &error) == ESPB_OK, error.message);
  call(instance, "give_lambda", 0);
  unary_function dead = given[0];
  holder = "timer \"blink\"";
  expect(espb_destroy(instance, &error) == ESPB_BUSY &&
             strcmp(error.message, "native code still holds 1 callback: timer \"blink\"") == 0,
         "who holds callbacks");
  const uintptr_t address = reinterpret_cast<uintptr_t>(dead);
  expect(address >= asked_first && address < asked_last, "the thunks were asked for");
  expect(dead(4) == 12, "nothing has happened");
  holder = nullptr;
  constructions = 0;
  expect(espb_finalise(instance, &error) == ESPB_OK && constructions == -21, "destructors, backwards");
  expect(espb_destroy(instance, &error) == ESPB_OK && constructions == -21, "and once");
  expect(dead(4) == 0, "a dead thunk gives 0");
  expect_report(ESPB_TRAP_BAD_CALL, "call of a function whose module was unloaded", nullptr);
  expect(living == level, "everything is freed");
  // Thunks are used again as late as can be: the next instances do not get this one's.
  for (int i = 0; i < 3; ++i) {
    expect(make(&instance, small_options(), &error) == ESPB_OK, error.message);
    expect(dead(4) == 0, "still dead");
    expect_report(ESPB_TRAP_BAD_CALL, "unloaded", nullptr);
    expect(espb_destroy(instance, &error) == ESPB_OK, error.message);
  }
}

void test_memory() {
  espb_options options = small_options();
  options.reserved_contexts = 1;
  const int level = living;
  espb_instance *instance;
  espb_error error;
  int failed = 0;
  for (int n = 1;; ++n) {
    fail_at = n;
    const espb_status status = espb_instantiate(module, &symbols, &options, &instance, &error);
    fail_at = 0;
    if (status == ESPB_OK)
      break;
    expect(status == ESPB_NO_MEMORY && strstr(error.message, "no memory for") != nullptr && living == level,
           "an allocation fails");
    ++failed;
  }

  expect(failed == 3, "the instance, its data and stack, the context");
  expect(espb_initialise(instance, &error) == ESPB_OK, error.message);
  call(instance, "give_lambda", 0);
  fail_at = 1;
  expect(given[0](1) == 0, "no memory for a context");
  fail_at = 0;
  expect_report(ESPB_TRAP_NO_CONTEXT, "no memory for one more", instance);
  expect(given[0](1) == 3, "the next time there is");
  expect(espb_destroy(instance, &error) == ESPB_OK && living == level, "all is freed");
  // The pool of thunks, 128 in this program: instances until there are none left.
  espb_instance *all[64];
  int count = 0;
  espb_status status = ESPB_OK;
  while (count < 64 && (status = make(&all[count], small_options(), &error)) == ESPB_OK)
    ++count;
  expect(status == ESPB_NO_MEMORY &&
             strstr(error.message, "too many for the 128 thunks (ESPB_THUNKS)") != nullptr,
         "the pool of thunks is used up");
  call(all[count - 1], "give_lambda", 0);
  expect(count >= 3 && given[0](1) == 3, "the others work");
  while (count != 0)
    expect(espb_destroy(all[--count], &error) == ESPB_OK, error.message);
  expect(living == level, "all is freed");
}

void test_hot_swap() {
  const int level = living;
  espb_error error;
  void *const before = malloc(16);
  free(before);
  for (int i = 0; i < 10000 && failures == 0; ++i) {
    espb_instance *instance;
    expect(make(&instance, small_options(), &error) == ESPB_OK, error.message);
    call(instance, "give_number", 0, i & 1);
    expect(given[0](i) == i + (i & 1), "the new version's function");
    expect(espb_destroy(instance, &error) == ESPB_OK, error.message);
    expect(living == level, "flat heap");
  }
}

} // namespace

void *__wrap_espb_port_alloc(size_t bytes, size_t alignment, espb_memory_kind kind) {
  if (fail_at != 0 && --fail_at == 0)
    return nullptr;
  void *memory = __real_espb_port_alloc(bytes, alignment, kind);
  living += memory != nullptr;
  return memory;
}
void __wrap_espb_port_free(void *memory, espb_memory_kind kind) {
  living -= memory != nullptr;
  __real_espb_port_free(memory, kind);
}
void *espb_port_task_slot(void) { return slot; }
bool espb_port_set_task_slot(void *value) {
  if (value != nullptr && slot_fails)
    return false;
  slot = value;
  return true;
}
bool espb_port_in_interrupt(void) { return interrupt; }
void espb_port_report(espb_instance *instance, const espb_error *error) {
  last_report = *error;
  last_instance = instance;
  ++report_count;
}
void espb_port_visit_holders(uintptr_t first, uintptr_t last, espb_port_holder_visitor visit, void *context) {
  asked_first = first;
  asked_last = last;
  if (holder != nullptr)
    visit(context, holder);
}

extern "C" int board_main(void) {
  static const espb_symbol named[] = {
      {"give", (const void *)give, 0},
      {"give_handler", (const void *)give_handler, 0},
      {"apply", (const void *)apply_one, 0},
      {"call_given", (const void *)call_given, 0},
      {"constructed", (const void *)constructed, 0},
      {"leave_task", (const void *)leave_task, 0},
      {"malloc", (const void *)malloc, 0},
      {"free", (const void *)free, 0},
      {"abort", (const void *)abort_guest, 0},
  };
  symbols.named = named;
  symbols.named_count = sizeof named / sizeof named[0];
  espb_error error;
  expect(espb_module_open(swap_module, static_cast<size_t>(swap_module_end - swap_module), &module, &error) ==
             ESPB_OK,
         error.message);
  espb_instance *instance = nullptr, *other = nullptr;
  if (make(&instance, small_options(), &error) != ESPB_OK ||
      make(&other, small_options(), &error) != ESPB_OK) {
    printf("%s\n", error.message);
    return 1;
  }
  test_cxx(instance);
  test_tasks(instance);
  test_traps(instance, other);
  test_to_and_fro(instance, other);
  expect(espb_destroy(instance, &error) == ESPB_OK && espb_destroy(other, &error) == ESPB_OK, error.message);
  expect(living == 1, "only the module is left");
  test_interrupts();
  test_unload();
  test_memory();
  test_hot_swap();
  printf("%d failed\n", failures);
  return failures;
}
