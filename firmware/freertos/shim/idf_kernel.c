// SPDX-License-Identifier: Apache-2.0
// What ESP-IDF adds to any FreeRTOS kernel (cores, deletion callbacks of thread local storage, hooks), the
// memory and hooks a kernel asks for, and the account of timers by which a firmware knows when nothing is
// left to do.
#include "freertos_board.h"
#include "port_board.h"

#include "FreeRTOS.h"
#include "task.h"
#include "timers.h"

#include "runtime_slot.h"

#include <stddef.h>
#include <string.h>

#undef xTaskCreate

// The program's view of thread local storage; FreeRTOSConfig.h reserves the slots behind it.
#define USER_SLOTS FREERTOS_USER_SLOTS
#define RUNTIME_SLOT FREERTOS_RUNTIME_SLOT
_Static_assert(configNUM_THREAD_LOCAL_STORAGE_POINTERS == 2 * (USER_SLOTS + 1),
               "user slots, their callbacks, the runtime's two");

#define NO_AFFINITY 0x7fffffff

// Weak: some newer kernels have a few of these functions themselves.
#define ADDED __attribute__((weak))

BaseType_t xTaskCreate(TaskFunction_t function, const char *name, uint32_t stack_bytes, void *argument,
                       UBaseType_t priority, TaskHandle_t *handle);

static BaseType_t core_exists(BaseType_t core) { return core == 0 || core == NO_AFFINITY; }

ADDED BaseType_t xTaskCreatePinnedToCore(TaskFunction_t function, const char *name, uint32_t stack_bytes,
                                         void *argument, UBaseType_t priority, TaskHandle_t *handle,
                                         BaseType_t core) {
  configASSERT(core_exists(core));
  return xTaskCreate(function, name, stack_bytes, argument, priority, handle);
}

ADDED TaskHandle_t xTaskCreateStaticPinnedToCore(TaskFunction_t function, const char *name,
                                                 uint32_t stack_bytes, void *argument, UBaseType_t priority,
                                                 StackType_t *stack, StaticTask_t *memory, BaseType_t core) {
  configASSERT(core_exists(core));
  return xTaskCreateStatic(function, name, stack_bytes, argument, priority, stack, memory);
}

BaseType_t xPortGetCoreID(void) { return 0; }
uint32_t xPortGetTickRateHz(void) { return configTICK_RATE_HZ; }
ADDED BaseType_t xTaskGetCoreID(TaskHandle_t task) { return (void)task, 0; }
ADDED BaseType_t xTaskGetAffinity(TaskHandle_t task) { return (void)task, 0; }
ADDED TaskHandle_t xTaskGetCurrentTaskHandleForCore(BaseType_t core) {
  return core == 0 ? xTaskGetCurrentTaskHandle() : NULL;
}
ADDED TaskHandle_t xTaskGetCurrentTaskHandleForCPU(UBaseType_t core) {
  return core == 0 ? xTaskGetCurrentTaskHandle() : NULL;
}
ADDED TaskHandle_t xTaskGetIdleTaskHandleForCore(BaseType_t core) {
  return core == 0 ? xTaskGetIdleTaskHandle() : NULL;
}
ADDED TaskHandle_t xTaskGetIdleTaskHandleForCPU(UBaseType_t core) {
  return core == 0 ? xTaskGetIdleTaskHandle() : NULL;
}
ADDED uint32_t uxTaskGetStackHighWaterMark2(TaskHandle_t task) { return uxTaskGetStackHighWaterMark(task); }

uint8_t *pxTaskGetStackStart(TaskHandle_t task) {
  // Asking only for what the structure holds anyway: the state is given, so that it is not looked for.
  TaskStatus_t status;
  vTaskGetInfo(task, &status, pdFALSE, eReady);
  return status.pxStackBase;
}

void freertos_scheduler_runs(void) { vTaskDelete(NULL); }

// ---- thread local storage ----

typedef void (*delete_callback)(int index, void *value);

void vTaskSetThreadLocalStoragePointerAndDelCallback(TaskHandle_t task, BaseType_t index, void *value,
                                                     delete_callback callback) {
  configASSERT(index >= 0 && index < USER_SLOTS);
  vTaskSuspendAll();
  vTaskSetThreadLocalStoragePointer(task, index, value);
  vTaskSetThreadLocalStoragePointer(task, index + USER_SLOTS, (void *)callback);
  (void)xTaskResumeAll();
}

// The static twin of a task names the field.
uint32_t freertos_runtime_slots_at =
    offsetof(StaticTask_t, pvDummy15) + FREERTOS_RUNTIME_SLOT * sizeof(void *);

static void **slots_of(void *task) {
  return ((StaticTask_t *)(task != NULL ? task : pxCurrentTCB))->pvDummy15;
}

void freertos_set_runtime_slot(void *task, void *value, void (*on_delete)(void *value)) {
  void **slots = slots_of(task);
  slots[RUNTIME_SLOT] = value;
  slots[RUNTIME_SLOT + 1] = (void *)on_delete;
}

void *freertos_get_runtime_slot(void *task) { return slots_of(task)[RUNTIME_SLOT]; }

// Tasks that were deleted, and those of them that are freed, which the idle task does first in each turn: it
// must not sleep before.
static uint32_t deleted_tasks;
static uint32_t freed_tasks;
void freertos_note_task_deleted(void) { deleted_tasks++; }

// Called by the kernel just before it frees a task.
void vPortCleanUpTcb(void *tcb) {
  const TaskHandle_t task = (TaskHandle_t)tcb;
  freed_tasks++;
  for (BaseType_t i = 0; i < USER_SLOTS; i++) {
    const delete_callback callback =
        (delete_callback)pvTaskGetThreadLocalStoragePointer(task, i + USER_SLOTS);
    if (callback != NULL)
      callback((int)i, pvTaskGetThreadLocalStoragePointer(task, i));
  }
  void (*const on_delete)(void *) =
      (void (*)(void *))pvTaskGetThreadLocalStoragePointer(task, RUNTIME_SLOT + 1);
  void *const value = pvTaskGetThreadLocalStoragePointer(task, RUNTIME_SLOT);
  if (on_delete != NULL)
    on_delete(value);
  else if (value != NULL)
    freertos_runtime_task_ended(value);
}

// A firmware without the runtime has nothing to give back.
ADDED void freertos_runtime_task_ended(void *value) { (void)value; }

size_t freertos_heap_bytes(void) { return configTOTAL_HEAP_SIZE; }

// V11 made a macro of what modules call as a function.
#ifdef xTimerGenericCommand
#undef xTimerGenericCommand
BaseType_t xTimerGenericCommand(TimerHandle_t timer, BaseType_t command, TickType_t value, BaseType_t *woken,
                                TickType_t ticks);

BaseType_t xTimerGenericCommand(TimerHandle_t timer, BaseType_t command, TickType_t value, BaseType_t *woken,
                                TickType_t ticks) {
  return command < tmrFIRST_FROM_ISR_COMMAND
             ? xTimerGenericCommandFromTask(timer, command, value, woken, ticks)
             : xTimerGenericCommandFromISR(timer, command, value, woken, ticks);
}
#endif

// ---- memory of the kernel's heap and of the system tasks ----

uint8_t ucHeap[configTOTAL_HEAP_SIZE] __attribute__((noinit, aligned(16)));

void vApplicationGetIdleTaskMemory(StaticTask_t **memory, StackType_t **stack, uint32_t *stack_size) {
  static StaticTask_t idle_memory;
  // More than the kernel asks for: hooks and deletion callbacks of programs run here.
  static StackType_t idle_stack[4096] __attribute__((aligned(16)));
  *memory = &idle_memory;
  *stack = idle_stack;
  *stack_size = sizeof idle_stack;
}

void vApplicationGetTimerTaskMemory(StaticTask_t **memory, StackType_t **stack, uint32_t *stack_size) {
  static StaticTask_t timer_memory;
  static StackType_t timer_stack[configTIMER_TASK_STACK_DEPTH] __attribute__((aligned(16)));
  *memory = &timer_memory;
  *stack = timer_stack;
  *stack_size = configTIMER_TASK_STACK_DEPTH;
}

// ---- hooks ----

#define MAX_HOOKS 8
#define ERR_OK 0
#define ERR_NO_MEM 0x101
#define ERR_INVALID_ARG 0x102

static bool (*idle_hooks[MAX_HOOKS])(void);
static void (*tick_hooks[MAX_HOOKS])(void);

int esp_register_freertos_idle_hook_for_cpu(bool (*hook)(void), UBaseType_t core) {
  if (hook == NULL || core != 0)
    return ERR_INVALID_ARG;
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    if (idle_hooks[i] == NULL)
      return idle_hooks[i] = hook, ERR_OK;
  }
  return ERR_NO_MEM;
}

int esp_register_freertos_tick_hook_for_cpu(void (*hook)(void), UBaseType_t core) {
  if (hook == NULL || core != 0)
    return ERR_INVALID_ARG;
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    if (tick_hooks[i] == NULL)
      return tick_hooks[i] = hook, ERR_OK;
  }
  return ERR_NO_MEM;
}

int esp_register_freertos_idle_hook(bool (*hook)(void)) {
  return esp_register_freertos_idle_hook_for_cpu(hook, 0);
}
int esp_register_freertos_tick_hook(void (*hook)(void)) {
  return esp_register_freertos_tick_hook_for_cpu(hook, 0);
}

void esp_deregister_freertos_idle_hook(bool (*hook)(void)) {
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    if (idle_hooks[i] == hook)
      idle_hooks[i] = NULL;
  }
}

void esp_deregister_freertos_tick_hook(void (*hook)(void)) {
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    if (tick_hooks[i] == hook)
      tick_hooks[i] = NULL;
  }
}

__attribute__((weak)) void board_idle(void) {}
__attribute__((weak)) void board_tick(void) {}

void vApplicationIdleHook(void) {
  board_idle();
  bool may_sleep = true;
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    bool (*const hook)(void) = idle_hooks[i];
    if (hook != NULL && !hook())
      may_sleep = false;
  }
  if (may_sleep)
    port_idle();
}

__attribute__((weak)) uint32_t board_ticks_to_skip(uint32_t ticks) { return ticks; }

uint32_t port_ticks_to_skip(uint32_t ticks) {
  if (deleted_tasks != freed_tasks)
    return 0;
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    if (idle_hooks[i] != NULL || tick_hooks[i] != NULL)
      return 0;
  }
  return board_ticks_to_skip(ticks);
}

void vApplicationTickHook(void) {
  board_tick();
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    void (*const hook)(void) = tick_hooks[i];
    if (hook != NULL)
      hook();
  }
}

void vApplicationStackOverflowHook(TaskHandle_t task, char *name) {
  (void)task;
  port_fatal("stack overflow in task", name);
}

// ---- timers: what exists, what is on its way ----

struct timer_node {
  struct timer_node *next;
  void *timer;
};
static struct timer_node *timers;
static uint32_t commands_sent;
static uint32_t commands_received;

void freertos_note_timer_created(void *timer) {
  struct timer_node *node = pvPortMalloc(sizeof *node);
  if (node == NULL)
    return; // a timer that is not counted beats one that cannot be made
  node->timer = timer;
  taskENTER_CRITICAL();
  node->next = timers;
  timers = node;
  taskEXIT_CRITICAL();
}

void freertos_note_timer_command_sent(int32_t command, int32_t accepted) {
  if (command < 0 || accepted != pdPASS)
    return;
  const UBaseType_t mask = portSET_INTERRUPT_MASK_FROM_ISR();
  commands_sent++;
  portCLEAR_INTERRUPT_MASK_FROM_ISR(mask);
}

void freertos_note_timer_command_received(void *timer, int32_t command) {
  const UBaseType_t mask = portSET_INTERRUPT_MASK_FROM_ISR();
  commands_received++;
  struct timer_node *gone = NULL;
  if (command == tmrCOMMAND_DELETE) {
    for (struct timer_node **link = &timers; *link != NULL; link = &(*link)->next) {
      if ((*link)->timer == timer) {
        gone = *link;
        *link = gone->next;
        break;
      }
    }
  }
  portCLEAR_INTERRUPT_MASK_FROM_ISR(mask);
  vPortFree(gone);
}

void freertos_visit_timers(bool (*visit)(void *context, void *timer), void *context) {
  vTaskSuspendAll();
  for (const struct timer_node *node = timers; node != NULL; node = node->next) {
    if (!visit(context, node->timer))
      break;
  }
  (void)xTaskResumeAll();
}

void freertos_visit_callbacks(void (*visit)(void *context, const char *kind, const char *name,
                                            uintptr_t address),
                              void *context) {
  vTaskSuspendAll();
  for (const struct timer_node *node = timers; node != NULL; node = node->next) {
    const StaticTimer_t *fields = node->timer; // the kernel has no question for the callback
#if ESPB_KERNEL_MAJOR == 9
    const uintptr_t callback = (uintptr_t)fields->pvDummy5[1];
#else
    const uintptr_t callback = (uintptr_t)fields->pvDummy6;
#endif
    visit(context, "timer", pcTimerGetName(node->timer), callback);
  }
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    visit(context, "idle hook", NULL, (uintptr_t)idle_hooks[i]);
    visit(context, "tick hook", NULL, (uintptr_t)tick_hooks[i]);
  }
  // A task that has not run yet: its first frame holds the function.
  const UBaseType_t count = uxTaskGetNumberOfTasks();
  TaskStatus_t *states = pvPortMalloc(count * sizeof *states);
  for (UBaseType_t i = states != NULL ? uxTaskGetSystemState(states, count, NULL) : 0; i-- > 0;) {
    const struct port_frame *const *tcb = (const struct port_frame *const *)states[i].xHandle;
    if (states[i].xHandle != xTaskGetCurrentTaskHandle())
      visit(context, "task", states[i].pcTaskName, (*tcb)->pc);
    for (BaseType_t slot = 0; slot < USER_SLOTS; slot++)
      visit(context, "deletion callback of task", states[i].pcTaskName,
            (uintptr_t)pvTaskGetThreadLocalStoragePointer(states[i].xHandle, slot + USER_SLOTS));
  }
  vPortFree(states);
  (void)xTaskResumeAll();
}

static bool count_active(void *context, void *timer) {
  if (xTimerIsTimerActive(timer) != pdFALSE)
    ++*(uint32_t *)context;
  return true;
}

// The esp_timer service, when it is linked in.
__attribute__((weak)) uint32_t esp_timer_active_count(void) { return 0; }
__attribute__((weak)) uint32_t esp_timer_system_tasks(void) { return 0; }

// The idle task runs, so that nothing is ready; when every other task waits without a time limit, only an
// interrupt or a hook can change anything.
bool freertos_is_stuck(void) {
  taskENTER_CRITICAL();
  const bool no_task = eTaskConfirmSleepModeStatus() == eNoTasksWaitingTimeout;
  taskEXIT_CRITICAL();
  for (unsigned i = 0; i < MAX_HOOKS; i++) {
    if (idle_hooks[i] != NULL || tick_hooks[i] != NULL)
      return false;
  }
  return no_task && esp_timer_active_count() == 0 && port_irq_pending() == 0;
}

void freertos_get_activity(struct freertos_activity *activity) {
  memset(activity, 0, sizeof *activity);
  vTaskSuspendAll();
  const uint32_t system_tasks = 2 + esp_timer_system_tasks();
  const uint32_t tasks = uxTaskGetNumberOfTasks();
  activity->tasks = tasks > system_tasks ? tasks - system_tasks : 0;
  activity->timer_commands = commands_sent - commands_received;
  activity->active_esp_timers = esp_timer_active_count();
  activity->pending_interrupts = (uint32_t)__builtin_popcount(port_irq_pending());
  freertos_visit_timers(count_active, &activity->active_timers);
  (void)xTaskResumeAll();
}
