// SPDX-License-Identifier: Apache-2.0
// Contexts: taking and giving back what guest code runs on.
#include "contexts.h"
#include "../module/instance.h"
#include "../module/message.h"
#include "espb/port.h"
#include <string.h>

namespace espb {

// What a task costs beyond its stacks, with room for what an allocator adds.
static_assert(!ESPB_PROFILE_NATIVE || sizeof(espb_thread) <= 256 - 64);

namespace {

class Locked {
public:
  Locked() { espb_port_lock(); }
  ~Locked() { espb_port_unlock(); }
  Locked(const Locked &) = delete;
  Locked &operator=(const Locked &) = delete;
};

// As the next one that takes it wants it.
void make_idle(Thread &thread) {
  const Instance &instance = *thread.instance;
  thread.taken = false;
  thread.entry_fp = thread.register_base;
  thread.sp = thread.stack_top;
  thread.depth = 0;
  thread.host_message = nullptr;
  thread.trap = ESPB_TRAP_NONE;
  thread.trap_instance = nullptr;
  if (&thread == &instance.main)
    return;
  __atomic_store_n(&thread.stop, 0, __ATOMIC_RELAXED);
  if (instance.context_fuel != ESPB_FUEL_UNLIMITED)
    espb_thread_set_fuel(static_cast<espb_thread *>(&thread), instance.context_fuel);
}

bool is_pooled(const Thread &thread) { return !thread.reserved && &thread != &thread.instance->main; }

// Under the port's lock.
void give_back(Thread &thread) {
  make_idle(thread);
  if (is_pooled(thread)) {
    thread.below = thread.instance->idle;
    thread.instance->idle = &thread;
  }
}

// The first reserved context that nobody has.
Thread *find_reserved(const Instance &instance) {
  Thread *thread = instance.contexts;
  while (thread != nullptr && (thread->taken || !thread->reserved))
    thread = thread->next;
  return thread;
}

// Puts the thread in front of the task's list; under the port's lock. False: no memory for the slot.
bool push(Visit &visit) {
  visit.thread->below = visit.outer;
  return visit.interrupt || espb_port_set_task_slot(visit.thread);
}

// A context of the instance's own number `index`, in no list yet.
Thread *make_context(Instance &instance, [[maybe_unused]] uint32_t index, bool reserved) {
  const uint32_t head = (sizeof(espb_thread) + 15) & ~15u, registers = 4 * instance.context_register_words;
  const uint32_t padded = (registers + 15) & ~15u;
#if ESPB_PROFILE_NATIVE
  auto *block = static_cast<uint8_t *>(allocate(head + padded + instance.context_stack_bytes, 16));
#else
  auto *block = static_cast<uint8_t *>(allocate(head + padded, 16));
#endif
  if (block == nullptr)
    return nullptr;
  auto *thread = static_cast<espb_thread *>(static_cast<void *>(block));
  memset(block, 0, head);
  thread->reserved = reserved;
#if ESPB_PROFILE_NATIVE
  const GuestAddress stack = (GuestAddress)(block + head + padded);
#else
  memset(block + head, 0, padded); // what an engine's mistake would read there must not depend on the host
  const GuestAddress stack = instance.context_stacks + index * instance.context_stack_bytes;
#endif
  make_thread(instance, *thread, static_cast<uint32_t *>(static_cast<void *>(block + head)),
              instance.context_register_words, stack, instance.context_stack_bytes);
  return thread;
}

void add_context(Instance &instance, Thread &thread) {
  thread.next = instance.contexts;
  instance.contexts = &thread;
}

// Finds the thread in the list of the calling task and moves it to the front.
bool enter_again(Visit &visit, const Instance *instance, const Thread *wanted) {
  Thread *before = nullptr;
  for (Thread *thread = visit.outer; thread != nullptr; before = thread, thread = thread->below) {
    if (wanted != nullptr ? thread != wanted : thread->instance != instance)
      continue;
    visit.thread = thread;
    visit.before = before;
    if (before != nullptr) {
      Locked locked;
      before->below = thread->below;
      push(visit);
    }
    return true;
  }
  return false;
}

void begin(Visit &visit) {
  visit = {};
  visit.interrupt = espb_port_in_interrupt();
  if (!visit.interrupt)
    visit.outer = static_cast<Thread *>(espb_port_task_slot());
}

espb_status no_context(espb_error *error, const char *format, uint32_t count) {
  report(error, ESPB_TRAP, format, count);
  if (error != nullptr)
    error->trap = ESPB_TRAP_NO_CONTEXT;
  return ESPB_TRAP;
}

espb_status no_slot(espb_error *error) {
  return report(error, ESPB_NO_MEMORY, "no memory for the task's slot");
}

// Who holds callbacks, as a list for a message: as many as there is room for.
struct Holders {
  uint32_t count = 0, length = 0;
  char text[100] = "";

  void append(const char *part) {
    while (*part != '\0' && length < sizeof text - 1)
      text[length++] = *part++;
    text[length] = '\0';
  }
};

void add_holder(void *context, const char *description) {
  Holders &holders = *static_cast<Holders *>(context);
  if (holders.count++ != 0)
    holders.append(", ");
  holders.append(description);
}

} // namespace

void make_thread(Instance &instance, Thread &thread, uint32_t *registers, uint32_t register_words,
                 GuestAddress stack, uint32_t stack_bytes) {
  const Module &module = *instance.module;
  thread.instance = &instance;
  thread.code = module.code();
#if ESPB_JIT
  thread.functions = instance.compiled != nullptr ? instance.compiled : module.functions();
  thread.jit_stubs = espb_jit_stubs;
#else
  thread.functions = module.functions();
#endif
  thread.register_base = registers;
  thread.register_end = registers + register_words;
  thread.register_limit = thread.register_end - kFrameReserveWords;
  thread.entry_fp = registers;
  thread.fuel = ESPB_FUEL_UNLIMITED;
#if ESPB_PROFILE_NATIVE
  thread.data_base = (uint32_t)instance.data;
  thread.rodata_base = (uint32_t)module.image.section(format::kSectionRodata);
#else
  thread.data_base = (uint32_t)(instance.data - instance.memory);
  thread.rodata_base = kGuardBytes; // which suits every alignment
#endif
  thread.stack_limit = stack;
  thread.stack_top = stack + stack_bytes;
  thread.lowest_sp = thread.stack_top;
  thread.callable_base = instance.callable_base;
  thread.callable_bytes = module.image.section_bytes(format::kSectionCallables);
  thread.callables = module.image.section(format::kSectionCallables);
  make_idle(thread);
}

uint32_t count_busy(const Instance &instance) {
  uint32_t busy = instance.context_count + instance.main.taken;
  for (const Thread *thread = instance.idle; thread != nullptr; thread = thread->below)
    --busy;
  for (const Thread *thread = instance.contexts; thread != nullptr; thread = thread->next)
    busy -= thread->reserved && !thread->taken;
  return busy;
}

bool make_reserved_contexts(Instance &instance, uint32_t count) {
  for (; count != 0; --count) {
    Thread *thread = make_context(instance, instance.context_count, true);
    if (thread == nullptr)
      return false;
    ++instance.context_count;
    add_context(instance, *thread);
  }
  return true;
}

void free_contexts(Instance &instance) {
  for (Thread *thread = instance.contexts; thread != nullptr;) {
    Thread *next = thread->next;
    release(static_cast<espb_thread *>(thread));
    thread = next;
  }
}

espb_status enter_instance(Visit &visit, Instance *const *owner, espb_error *error) {
  begin(visit);
  if (enter_again(visit, __atomic_load_n(owner, __ATOMIC_RELAXED), nullptr))
    return ESPB_OK;
  espb_port_lock();
  Instance *const instance = *owner;
  if (instance == nullptr || instance->closing) {
    espb_port_unlock();
    return report(error, ESPB_NOT_FOUND, "call of a function whose module was unloaded");
  }
  Thread *thread = instance->idle;
  if (thread != nullptr) {
    instance->idle = thread->below;
  } else if (visit.interrupt && (thread = find_reserved(*instance)) != nullptr) {
    thread->taken = true;
  } else {
    const uint32_t index = instance->context_count;
    if (visit.interrupt || index >= instance->most_contexts) {
      espb_port_unlock();
      return no_context(error, "no free context: all %u in use (espb_options.contexts)", index);
    }
    ++instance->context_count; // which keeps the instance from being destroyed
    espb_port_unlock();
    thread = make_context(*instance, index, false);
    espb_port_lock();
    if (thread == nullptr) {
      // With checked memory, numbers are places of stacks: one that is not the last stays unused.
      if (instance->context_count == index + 1)
        --instance->context_count;
      espb_port_unlock();
      return no_context(error, "no free context: %u in use, no memory for one more", index);
    }
    add_context(*instance, *thread);
  }
  visit.thread = thread;
  const bool pushed = push(visit);
  if (!pushed)
    give_back(*thread);
  espb_port_unlock();
  return pushed ? ESPB_OK : no_slot(error);
}

espb_status enter_thread(Visit &visit, Thread &thread, espb_error *error) {
  begin(visit);
  if (enter_again(visit, nullptr, &thread))
    return ESPB_OK;
  Locked locked;
  if (thread.taken)
    return report(error, ESPB_BAD_CALL, "another task is inside this thread");
  thread.taken = true;
  visit.thread = &thread;
  if (push(visit))
    return ESPB_OK;
  give_back(thread);
  return no_slot(error);
}

void leave(const Visit &visit) {
  Thread &thread = *visit.thread;
  if (&thread == visit.outer)
    return;
  Locked locked;
  if (!visit.interrupt)
    espb_port_set_task_slot(visit.outer); // cannot fail: it was set before
  if (visit.before != nullptr) {
    thread.below = visit.before->below;
    visit.before->below = &thread;
  } else {
    give_back(thread);
  }
}

bool enter_callback(Visit &visit, Instance *const *owner) {
  Thread *const outer = espb_current_thread();
  if (outer != nullptr && outer->trap != ESPB_TRAP_NONE)
    return false;
  espb_error error;
  const espb_status status = enter_instance(visit, owner, &error);
  if (status == ESPB_OK)
    return true;
  if (error.status != ESPB_TRAP) { // which the lack of a context is already
    error.status = ESPB_TRAP;
    error.trap = status == ESPB_NOT_FOUND ? ESPB_TRAP_BAD_CALL : ESPB_TRAP_NO_CONTEXT;
  }
  espb_port_report(status == ESPB_NOT_FOUND ? nullptr : static_cast<espb_instance *>(*owner), &error);
  return false;
}

espb_status close_instance(Instance &instance, espb_error *error) {
  espb_port_lock();
  const uint32_t busy = count_busy(instance);
  if (busy == 0) { // nobody comes in from now on
    instance.closing = true;
    instance.idle = nullptr;
  }
  espb_port_unlock();
  if (busy != 0)
    return report(error, ESPB_BUSY, "%u task%s inside guest code", busy, busy == 1 ? " is" : "s are");
  Holders holders;
  visit_thunk_holders(instance, add_holder, &holders);
  if (holders.count == 0)
    return no_error(error);
  espb_port_lock();
  instance.closing = false;
  for (Thread *thread = instance.contexts; thread != nullptr; thread = thread->next)
    if (is_pooled(*thread))
      give_back(*thread);
  espb_port_unlock();
  return report(error, ESPB_BUSY, "native code still holds %u callback%s: %s", holders.count,
                holders.count == 1 ? "" : "s", holders.text);
}

void end_trapped_callback(const Visit &visit) {
  Thread &thread = *visit.thread;
  if (visit.outer != nullptr) {
    if (&thread != visit.outer)
      pass_trap_on(*visit.outer, thread);
    return;
  }
  espb_error error;
  report_trap(thread, &error);
  espb_port_report(static_cast<espb_instance *>(thread.instance), &error);
}

} // namespace espb

using namespace espb;

void espb_task_ended(void *slot) {
  for (Thread *thread = static_cast<Thread *>(slot), *next; thread != nullptr; thread = next) {
    next = thread->below;
    give_back(*thread);
  }
}

espb_thread *espb_current_thread(void) {
  return espb_port_in_interrupt() ? nullptr : static_cast<espb_thread *>(espb_port_task_slot());
}

bool espb_end_guest(espb_trap trap, const char *message, int32_t status) {
  Thread *thread = espb_current_thread();
  if (thread == nullptr)
    return false;
  if (thread->trap == ESPB_TRAP_NONE) {
    thread->trap = trap;
    thread->host_message = message;
    thread->exit_status = status;
  }
  return true;
}

void espb_stop(espb_instance *instance) {
  Locked locked;
  if (instance->main.taken)
    espb_thread_stop(&instance->main);
  for (Thread *thread = instance->contexts; thread != nullptr; thread = thread->next)
    if (!thread->reserved || thread->taken)
      espb_thread_stop(static_cast<espb_thread *>(thread));
  for (Thread *thread = instance->idle; thread != nullptr; thread = thread->below)
    take_stop(*thread);
}
