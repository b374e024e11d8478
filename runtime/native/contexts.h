// SPDX-License-Identifier: Apache-2.0
// Contexts: what guest code runs on, a Thread with its two stacks. An instance has its main thread and a pool
// for everybody else. A task that enters an instance from outside takes a context and keeps it until it
// leaves; the contexts a task has are a list in its slot (espb_port_task_slot), innermost first, so that
// nested calls find theirs, and espb_task_ended those of a dead task. Interrupt handlers take one for each
// entry and are in no list.
#ifndef ESPB_RUNTIME_NATIVE_CONTEXTS_H
#define ESPB_RUNTIME_NATIVE_CONTEXTS_H

#include "../module/exec.h"

namespace espb {

// Fills everything of a thread that does not change from call to call, and leaves it idle.
void make_thread(Instance &instance, Thread &thread, uint32_t *registers, uint32_t register_words,
                 GuestAddress stack, uint32_t stack_bytes);

// Makes the contexts that espb_instantiate wants at once; free_contexts frees all.
bool make_reserved_contexts(Instance &instance, uint32_t count);
void free_contexts(Instance &instance);

// One entry into an instance.
struct Visit {
  Thread *thread; // to run on
  Thread *outer;  // the task's innermost thread until now, null when there was no guest code outside
  Thread *before; // where in the task's list `thread` was before it moved to the front, null when it was new
  bool interrupt;
};

// Takes a context of the instance that *owner points to, or the one that the task has. `owner` is read under
// the port's lock and may be null: the instance is gone. Ends with leave() when it returned ESPB_OK.
espb_status enter_instance(Visit &visit, Instance *const *owner, espb_error *error);
// The same with a given thread, ESPB_BAD_CALL when another task is inside it.
espb_status enter_thread(Visit &visit, Thread &thread, espb_error *error);
void leave(const Visit &visit);

// The same for a callback. False: it returns zeroes; guest code outside is on its way out, or there is no
// context, which has been reported.
bool enter_callback(Visit &visit, Instance *const *owner);
// A callback's end when its guest code trapped, before leave(): the outer guest code traps too; without one
// the trap is reported.
void end_trapped_callback(const Visit &visit);

// Threads with a task or interrupt inside, and contexts just being made; under the port's lock.
uint32_t count_busy(const Instance &instance);
// Lets nobody in any more, or ESPB_BUSY: tasks are inside, or callbacks are held.
espb_status close_instance(Instance &instance, espb_error *error);

} // namespace espb
#endif
