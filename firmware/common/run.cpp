// SPDX-License-Identifier: Apache-2.0
// The firmware's program: takes the run request and the modules that the host put into memory, runs each in a
// task of its own, knows when the run is over, and reports (protocol.h).
#include "board/board.h"
#include "console.h"
#include "custom/custom_holders.h"
#include "espb/port.h"
#include "libc_support.h"
#include "module/instance.h"
#include "outcome.h"
#include "port_board.h"
#include "request.h"
#include "sim_gpio.h"
#include "symbols.h"
#if ESPB_COUNT_DISPATCHES
#include "../../runtime/interp/execution_profile.h"
#endif

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include "freertos_board.h"

#include <inttypes.h>

extern "C" void vTaskStartScheduler(void);

Record record;
const char *stage = "request";

namespace {

// As ESP-IDF's main task.
constexpr UBaseType_t kMainPriority = 1;
constexpr UBaseType_t kControllerPriority = configMAX_PRIORITIES - 1;
constexpr uint32_t kMostContexts = 64;
constexpr uint32_t kTaskStackBytes = 8192;
constexpr uint32_t kTaskRegisterWords = 2048;
constexpr uint32_t kMainStackBytes = 128 * 1024;
constexpr uint32_t kControllerStackBytes = 32 * 1024;

struct Program {
  espb_module *module;
  espb_instance *instance;
  char **argv;
  bool returned; // its entry has
  int status;
  StaticTask_t task;
};
Program programs[ESPB_VIRT_MODULES];
uint32_t first_program, program_end; // those that run now
uint32_t repetition;

StackType_t main_stacks[ESPB_VIRT_MODULES][kMainStackBytes] __attribute__((noinit, aligned(16)));
StackType_t controller_stack[kControllerStackBytes] __attribute__((noinit, aligned(16)));
StaticTask_t controller_memory;
TaskHandle_t controller;

enum class End { kNotYet, kOver, kExit, kStuck };
volatile End end;
volatile int exit_status;
bool last_modules; // nothing runs after those that are being unloaded
TickType_t start_tick;
uint64_t call_start; // of the first module's entry, while it runs

// ---- The end of a run

void record_usage() {
  const espb_instance *instance = programs[0].instance;
  if (!instance)
    return;
  espb_usage usage = {};
  espb_instance_usage(instance, &usage);
  record.number("module_bytes", usage.module_bytes);
  record.number("code_bytes", usage.code_bytes);
  record.number("data_bytes", usage.data_bytes);
  record.number("stack_bytes", usage.stack_bytes);
  record.number("overhead_bytes", usage.overhead_bytes);
  record.number("peak_stack_bytes", usage.peak_stack_bytes);
  record.number("dispatches", usage.dispatches);
}

void record_call() {
  if (!call_start)
    return;
  record.number("guest_instructions", port_watched_instructions() - call_start);
  call_start = 0;
}

#if ESPB_COUNT_DISPATCHES
void start_profile(const Program &program) {
  const uint32_t bytes = program.module->code_bytes();
  auto *counts =
      static_cast<espb::ExecutionProfile::Count *>(calloc(bytes, sizeof(espb::ExecutionProfile::Count)));
  if (!counts)
    fail("no memory for the profile");
  espb::execution_profile = {program.module->code(), bytes, counts};
}

void write_profile() {
  const espb::ExecutionProfile profile = espb::execution_profile;
  char name[512];
  if (!profile.bytes || !request_has(request->record))
    return;
  snprintf(name, sizeof name, "%s%s", request_string(request->record), ESPB_VIRT_PROFILE_SUFFIX);
  if (board_write_file(name, profile.counts, profile.bytes * sizeof *profile.counts) != 0)
    fprintf(stderr, "cannot write the profile to %s\n", name);
}
#endif

} // namespace

[[noreturn]] void finish(bool ok, int status) {
  size_t bytes;
  record_call();
#if ESPB_COUNT_DISPATCHES
  write_profile();
#endif
  record.flag("ok", ok);
  record.text("stage", stage);
  record.number("peak_ram_bytes", freertos_heap_bytes() - xPortGetMinimumEverFreeHeapSize());
  record.number("static_ram_bytes", board_static_ram());
  record.number("board_ms", xTaskGetTickCountFromISR() - start_tick);
  const char *text = record.finish(&bytes);
  board_flush();
  bool wanted = request_has(request->record);
  if (!wanted || board_write_file(request_string(request->record), text, bytes) != 0) {
    if (wanted)
      fprintf(stderr, "cannot write the record to %s\n", request_string(request->record));
    fputs(text, stderr);
  }
  board_exit(status);
}

[[noreturn]] void fail(const char *message) {
  record.text("message", message);
  finish(false, ESPB_VIRT_EXIT_FAILED);
}

[[noreturn]] void fail(const espb_instance *instance, const espb_error &error) {
  record_call();
  record_usage();
  record.number("status", error.status);
  record.text("status_name", espb_status_name(error.status));
  record.number("trap", error.trap);
  record.text("trap_name", espb_trap_name(error.trap));
  for (uint32_t i = 0; i < request->module_count; i++)
    if (instance && programs[i].instance == instance)
      record.number("module", i);
  if (error.function != ESPB_NO_FUNCTION) {
    record.number("function", error.function);
    record.number("code_offset", error.code_offset);
  }
  fail(error.message);
}

namespace {

// Hands the end of the run to the controller. Any task or interrupt.
void end_run(End how) {
  if (end != End::kNotYet)
    return;
  end = how;
  if (xPortInIsrContext()) {
    BaseType_t woken = pdFALSE;
    vTaskNotifyGiveFromISR(controller, &woken);
    portYIELD_FROM_ISR(woken);
  } else {
    xTaskNotifyGive(controller);
  }
}

// A guest that called exit() ran to its end.
bool exited(const espb_error &error) {
  if (error.trap != ESPB_TRAP_EXIT)
    return false;
  exit_status = error.exit_status;
  return true;
}

// Every entry that has returned stays returned; one that deleted its task has nothing to say.
int main_status() { return programs[first_program].returned ? programs[first_program].status : 0; }

// The end of a run in the middle of whatever runs.
[[noreturn]] void end_here(const char *how, int status) {
  stage = "done";
  record.text("ended", how);
  record_call();
  record_usage();
  record.number("exit", static_cast<uint32_t>(status) & 0xffu);
  finish(true, status);
}

// What the runtime is told of callbacks that are still registered.
struct Holders {
  uintptr_t first, last;
  espb_port_holder_visitor visit;
  void *context;

  void found(const char *kind, const char *name, uintptr_t address) const {
    if (address < first || address >= last)
      return;
    char text[64];
    snprintf(text, sizeof text, name ? "%s \"%.32s\"" : "%s", kind, name);
    visit(context, text);
  }
};

// Where the guest is when its machine code runs at `pc`, or called native code that now has these callers;
// else null.
const uint8_t *compiled_pc(const espb_thread &thread, uint32_t pc, port_callers callers) {
#if ESPB_JIT
  constexpr uint32_t kMostCallers = 1024;
  const uint32_t engine = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(board_engine_start));
  const uint32_t engine_end = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(board_engine_end));
  uint32_t at = pc;
  // The engine's own calls have written down where they are.
  for (uint32_t i = 0; i <= kMostCallers && !(i != 0 && at > engine && at < engine_end);
       ++i, at = port_next_caller(&callers)) {
    uint32_t function, offset;
    if (espb_jit_place(static_cast<const espb_instance *>(thread.instance), at, &function, &offset))
      return thread.code + offset;
  }
#else
  (void)thread, (void)pc, (void)callers;
#endif
  return nullptr;
}

// A trap of the guest that called into the board, at `pc`.
void fail_guest(const espb_thread &thread, const uint8_t *pc, espb_trap trap, const char *detail) {
  const uint32_t offset = static_cast<uint32_t>(pc - thread.code);
  espb_error error = {};
  error.status = ESPB_TRAP;
  error.trap = trap;
  error.function = pc ? thread.instance->module->function_at(offset) : ESPB_NO_FUNCTION;
  error.code_offset = offset;
  if (error.function == ESPB_NO_FUNCTION)
    return;
  snprintf(error.message, sizeof error.message, "%s: %s in function %" PRIu32 ", offset 0x%" PRIx32,
           espb_trap_name(error.trap), detail, error.function, offset);
  fail(static_cast<const espb_instance *>(thread.instance), error);
}

} // namespace

// What the kernel and the board call.
extern "C" {

// The idle task: nothing is ready. Is anything left?
void board_idle(void) {
  if (end != End::kNotYet || !controller)
    return;
  struct freertos_activity left;
  freertos_get_activity(&left);
  const bool waking = left.active_timers || left.timer_commands || left.active_esp_timers ||
                      left.pending_interrupts || sim_gpio_can_fire();
  if (waking)
    return;
  if (left.tasks <= 1) // the controller
    end_run(End::kOver);
  else if (!request->milliseconds && freertos_is_stuck())
    end_run(End::kStuck);
}

void board_tick(void) {
  if (!request->milliseconds || end != End::kNotYet || program_end == 0)
    return;
  if (xTaskGetTickCountFromISR() - start_tick < request->milliseconds)
    return;
  end_here("time", main_status());
}

uint32_t board_ticks_to_skip(uint32_t ticks) {
  if (!request->milliseconds || end != End::kNotYet || program_end == 0)
    return ticks;
  // The last one must not fall into the sleep, in which board_tick sees the count of before.
  const uint32_t left = request->milliseconds - (xTaskGetTickCount() - start_tick) - 1;
  return ticks < left ? ticks : left;
}

void board_restart(void) {
  stage = "board";
  fail("esp_restart was called: this board does not restart");
}

// The kernel or the simulated hardware gave up: where a guest asked for it, that is a trap of the guest.
void port_fatal(const char *what, const char *detail) {
  static char message[140];
  snprintf(message, sizeof message, "%s%s%s", what, detail && *detail ? ": " : "", detail ? detail : "");
  if (espb_thread *thread = espb_current_thread()) {
    const uint8_t *const compiled = compiled_pc(*thread, 0, port_callers_here());
    fail_guest(*thread, compiled ? compiled : thread->pc, ESPB_TRAP_ABORT, message);
  }
  stage = "board";
  fail(message);
}

// exit, abort and the like in an interrupt handler, which nothing can leave halfway.
void espb_firmware_end(espb_trap trap, const char *message, int status) {
  stage = "board";
  if (trap != ESPB_TRAP_EXIT)
    fail(message);
  end_here("exit", status);
}

// A callback trapped, or was called after its module was unloaded.
void espb_port_report(espb_instance *at, const espb_error *error) {
  if (!exited(*error))
    fail(at, *error);
  end_run(End::kExit); // the controller takes over at once, or when this interrupt is over
  if (!xPortInIsrContext())
    vTaskSuspend(nullptr);
}

void espb_port_visit_holders(uintptr_t first, uintptr_t last, espb_port_holder_visitor visit, void *context) {
  if (last_modules)
    return; // the machine ends: nothing will call any more
  Holders holders = {first, last, visit, context};
  freertos_visit_callbacks([](void *to, const char *kind, const char *name,
                              uintptr_t address) { static_cast<Holders *>(to)->found(kind, name, address); },
                           &holders);
  esp_timer_visit(
      [](void *to, const char *name, void (*callback)(void *)) {
        static_cast<Holders *>(to)->found("esp_timer", name, reinterpret_cast<uintptr_t>(callback));
      },
      &holders);
  sim_gpio_visit_handlers(
      [](void *to, int pin, void (*handler)(void *)) {
        char name[12];
        snprintf(name, sizeof name, "%d", pin);
        static_cast<Holders *>(to)->found("interrupt handler of pin", pin < 0 ? nullptr : name,
                                          reinterpret_cast<uintptr_t>(handler));
      },
      &holders);
  custom_handlers_visit(
      [](void *to, const custom_handler_t *handler) {
        const void *const functions[] = {reinterpret_cast<const void *>(handler->on_start),
                                         reinterpret_cast<const void *>(handler->on_value),
                                         reinterpret_cast<const void *>(handler->on_point),
                                         reinterpret_cast<const void *>(handler->on_stop)};
        for (const void *function : functions)
          static_cast<Holders *>(to)->found("custom handler", nullptr, reinterpret_cast<uintptr_t>(function));
      },
      &holders);
}

} // extern "C"

namespace {

// A load or store that went wrong while the guest ran, or in a native function it called: a trap of the
// guest, with its place.
void fail_guest_access(const espb_thread *thread, uint32_t cause, uint32_t pc, uint32_t address,
                       const struct port_frame *frame) {
  if (!thread || !board_is_access_fault(cause))
    return;
  const uint32_t engine = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(board_engine_start));
  const uint32_t engine_end = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(board_engine_end));
  // The assembly keeps the guest's pc in a register, and writes it down before it calls anything.
  const bool in_engine = pc >= engine && pc < engine_end;
  char detail[60];
  snprintf(detail, sizeof detail, "%s 0x%08" PRIx32, board_fault_name(cause), address);
  const uint8_t *guest = reinterpret_cast<const uint8_t *>(BOARD_ENGINE_PC(frame));
  if (!in_engine) {
    guest = compiled_pc(*thread, pc,
                        {PORT_FRAME_CALLER(frame), static_cast<const uint32_t *>(PORT_FRAME_STACK(frame))});
    guest = guest ? guest : thread->pc;
  }
  fail_guest(*thread, guest, ESPB_TRAP_OUT_OF_BOUNDS, detail);
}

[[noreturn]] void fail_machine(uint32_t cause, uint32_t pc, uint32_t value, uint32_t ra) {
  static char message[200];
  snprintf(message, sizeof message,
           "machine fault while in stage \"%s\": %s; pc 0x%08" PRIx32 ", address 0x%08" PRIx32
           ", ra 0x%08" PRIx32,
           stage, board_fault_name(cause), pc, value, ra);
  stage = "machine";
  fail(message);
}

} // namespace

// While the kernel runs, and before.
extern "C" void port_unhandled_trap(uint32_t cause, uint32_t pc, uint32_t value,
                                    const struct port_frame *frame) {
  record_call();
  // This is no interrupt: who ran is the current task.
  fail_guest_access(static_cast<espb_thread *>(freertos_get_runtime_slot(nullptr)), cause, pc, value, frame);
  fail_machine(cause, pc, value, PORT_FRAME_CALLER(frame));
}

extern "C" void board_fault(uint32_t cause, uint32_t pc, uint32_t value, uint32_t ra, uint32_t) {
  fail_machine(cause, pc, value, ra);
}

namespace {

// ---- The tasks of a run

void load(uint32_t index) {
  const espb_virt_module &where = request->modules[index];
  Program &program = programs[index];
  espb_error error;
  stage = "open";
  const bool counts = index == 0 && repetition == 0; // what the record is about
  if (counts)
    port_watch_task();
  const uint64_t start = port_watched_instructions();
  if (espb_module_open(reinterpret_cast<const void *>(where.address), where.bytes, &program.module, &error) !=
      ESPB_OK) {
    record.number("module", index);
    fail(nullptr, error);
  }
  const uint64_t opened = port_watched_instructions();
  stage = "instantiate";
  espb_options options = {};
  options.stack_bytes = request->stack_bytes;
  options.register_stack_words = request->register_stack_words;
  options.contexts = kMostContexts;
  options.reserved_contexts = 1; // interrupts do not interrupt each other
  // Tasks are given larger stacks than main, as programs for ESP-IDF do.
  auto larger = [](uint32_t asked, uint32_t wished, uint32_t least) {
    return asked ? asked : wished > least ? wished : least;
  };
  const auto &wishes = program.module->memory;
  options.context_stack_bytes = larger(request->stack_bytes, wishes.stack_bytes, kTaskStackBytes);
  options.context_register_words =
      larger(request->register_stack_words, wishes.register_stack_words, kTaskRegisterWords);
  const uint64_t fuel = static_cast<uint64_t>(request->fuel_high) << 32 | request->fuel_low;
  options.context_fuel = fuel != ESPB_FUEL_UNLIMITED ? fuel : 0;
  if (espb_instantiate(program.module, &firmware_symbols, &options, &program.instance, &error) != ESPB_OK) {
    record.number("module", index);
    fail(nullptr, error);
  }
  const uint64_t loaded = port_watched_instructions();
  program.argv = make_arguments(where);
#if ESPB_COUNT_DISPATCHES
  if (counts && (request->flags & ESPB_VIRT_PROFILE))
    start_profile(program);
#endif
  program.returned = false;
  if (counts) {
    record.number("open_instructions", opened - start);
    record.number("load_instructions", loaded - start);
  }
  espb_thread_set_fuel(espb_main_thread(program.instance), fuel);
#if ESPB_JIT
  if ((request->flags & ESPB_VIRT_JIT) == 0)
    return;
  stage = "compile";
  const espb_jit_options jit = {fuel != ESPB_FUEL_UNLIMITED ? ESPB_JIT_FUEL : 0, ESPB_NO_FUNCTION,
                                (request->flags >> ESPB_VIRT_JIT_MEMORY_SHIFT) * ESPB_VIRT_JIT_MEMORY_UNIT};
  espb_jit_report report;
  const uint64_t begin = port_watched_instructions();
  if (espb_jit_compile(program.instance, &jit, &report, &error) != ESPB_OK)
    fail(nullptr, error);
  if (!counts)
    return;
  record.number("jit_instructions", port_watched_instructions() - begin);
  record.number("jit_wanted", report.wanted);
  record.number("jit_compiled", report.compiled);
  record.number("jit_bytecode_bytes", report.bytecode_bytes);
  record.number("jit_code_bytes", report.code_bytes);
  record.number("jit_block_bytes", report.block_bytes);
  record.number("jit_peak_bytes", report.peak_bytes);
#endif
}

// A module's main task.
void run_main(void *argument) {
  const uint32_t index = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(argument));
  Program &program = programs[index];
  espb_thread *thread = espb_main_thread(program.instance);
  espb_error error;
  const bool counts = index == 0 && repetition == 0; // what the record is about
  if (counts)
    port_watch_task();
  uint64_t start = port_watched_instructions();
  stage = "initialise";
  espb_status outcome = espb_initialise(program.instance, &error);
  if (counts)
    record.number("initialise_instructions", port_watched_instructions() - start);
  if (outcome == ESPB_OK) {
    stage = "find";
    espb_function function;
    espb_value args[16], result = {};
    find_entry(program.instance, &function);
    const uint32_t count = make_values(function, program.argv, args, sizeof args / sizeof args[0]);
    stage = "call";
    if (counts)
      call_start = port_watched_instructions();
    outcome = espb_call(thread, &function, args, count, &result, &error);
    if (counts)
      record_call();
    if (outcome == ESPB_OK)
      program.status = record_result(function.signature[0], result, counts);
  }
  if (counts && espb_thread_fuel(thread) != ESPB_FUEL_UNLIMITED)
    record.number("fuel_left", espb_thread_fuel(thread));
  if (outcome == ESPB_OK)
    program.returned = true;
  else if (exited(error))
    end_run(End::kExit);
  else
    fail(program.instance, error);
  vTaskDelete(nullptr);
}

// The names of the tasks that are left, and whether the first one's main is among them.
bool record_waiting() {
  static char names[200];
  size_t used = 0;
  bool main_waits = false;
  const UBaseType_t count = uxTaskGetNumberOfTasks();
  auto *states = static_cast<TaskStatus_t *>(malloc(count * sizeof(TaskStatus_t)));
  for (UBaseType_t i = states ? uxTaskGetSystemState(states, count, nullptr) : 0; i-- > 0;) {
    TaskHandle_t task = states[i].xHandle;
    if (task == controller || task == xTaskGetIdleTaskHandle() || task == xTimerGetTimerDaemonTaskHandle() ||
        strcmp(states[i].pcTaskName, "esp_timer") == 0)
      continue;
    main_waits |= task == reinterpret_cast<TaskHandle_t>(&programs[first_program].task);
    if (used < sizeof names)
      used += static_cast<size_t>(
          snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "", states[i].pcTaskName));
  }
  free(states);
  record.text("waiting", names);
  return main_waits;
}

// Finalisers, and everything of the running modules given back. `last`: nothing comes after, so that what
// still holds callbacks does not matter any more.
void unload(bool last) {
  stage = "destroy";
  last_modules = last;
  for (uint32_t i = program_end; i-- > first_program;) {
    espb_error error;
    // Destructors first: they may take back what the firmware would be asked about.
    espb_status outcome = espb_finalise(programs[i].instance, &error);
    if (outcome == ESPB_OK || exited(error))
      outcome = espb_destroy(programs[i].instance, &error);
    if (last && (outcome == ESPB_BUSY || outcome == ESPB_BAD_CALL))
      continue; // tasks are inside, which exit() does not wait for
    if (outcome != ESPB_OK && !exited(error))
      fail(programs[i].instance, error);
    programs[i].instance = nullptr;
    free(programs[i].argv);
    espb_module_close(programs[i].module);
  }
}

// Runs those that start together, to their end, and unloads them unless they are stuck.
void run_together() {
  first_program = program_end;
  for (uint32_t i = first_program; i < request->module_count; i++) {
    if (i > first_program && (request->modules[i].flags & ESPB_VIRT_AFTER))
      break;
    load(i);
    program_end = i + 1;
  }
  end = End::kNotYet;
  for (uint32_t i = first_program; i < program_end; i++)
    xTaskCreateStatic(run_main, "main", kMainStackBytes, reinterpret_cast<void *>(static_cast<uintptr_t>(i)),
                      kMainPriority, main_stacks[i], &programs[i].task);
  while (end == End::kNotYet)
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
  if (first_program == 0 && repetition == 0)
    record_usage();
  if (end == End::kStuck && record_waiting()) {
    stage = "stuck";
    fail("nothing can happen any more: every task waits for ever");
  }
  if (end != End::kExit)
    exit_status = main_status();
  if (end == End::kStuck)
    return; // what waits can be neither resumed nor unloaded
  const bool last = program_end == request->module_count && repetition + 1 >= request->repeat;
  unload(end == End::kExit || last);
}

void control(void *) {
  const char *const how[] = {"", "over", "exit", "stuck"};
  check_request();
  if (request->trace != ESPB_VIRT_NONE && !open_trace(request_string(request->trace)))
    fail("the file for the trace cannot be written");
  if (request->pins != ESPB_VIRT_NONE)
    if (const char *mistake = sim_gpio_schedule_list(request_string(request->pins))) {
      static char message[120];
      snprintf(message, sizeof message, "\"%.60s\" is no change of a pin: TICK:PIN=LEVEL is", mistake);
      fail(message);
    }
  start_tick = xTaskGetTickCount();
  size_t free_bytes = 0, least_free_bytes = 0;
  do {
    program_end = 0;
    do
      run_together();
    while (end == End::kOver && program_end < request->module_count);
    if (repetition == 0)
      free_bytes = xPortGetFreeHeapSize();
    if (repetition == request->repeat / 2) // ticks fall differently each time: the most takes a while to show
      least_free_bytes = xPortGetMinimumEverFreeHeapSize();
  } while (end == End::kOver && ++repetition < request->repeat);
  if (request->repeat > 1) {
    const size_t lost = free_bytes - xPortGetFreeHeapSize();
    const size_t growth = least_free_bytes - xPortGetMinimumEverFreeHeapSize();
    record.number("heap_lost_bytes", lost);
    record.number("heap_growth_bytes", growth);
    if (lost || growth) {
      static char message[120];
      snprintf(message, sizeof message,
               "after %" PRIu32
               " repetitions %u bytes of heap are lost, and the most in use grew by %u in the second half",
               repetition, static_cast<unsigned>(lost), static_cast<unsigned>(growth));
      stage = "board";
      fail(message);
    }
  }
  stage = "done";
  record.text("ended", how[static_cast<int>(end)]);
  record.number("exit", static_cast<uint32_t>(exit_status) & 0xffu);
  finish(true, exit_status);
}

} // namespace

extern "C" int board_main(void) {
  record.number("protocol", ESPB_VIRT_VERSION);
  controller = xTaskCreateStatic(control, "espb", kControllerStackBytes, nullptr, kControllerPriority,
                                 controller_stack, &controller_memory);
  vTaskStartScheduler();
  stage = "board";
  fail("the scheduler ended");
}
