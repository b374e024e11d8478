// SPDX-License-Identifier: Apache-2.0
// The FreeRTOS port's part about tasks: the runtime's pointer per task, its end, and what nobody else hears
// of.
#include "espb/port.h"
#include "kernel.h"

bool espb_port_in_interrupt(void) { return ESPB_IN_INTERRUPT(); }

// ---- A pointer per task

static void task_ended(void *slot) {
  if (slot == nullptr)
    return;
  espb_port_lock();
  espb_task_ended(slot);
  espb_port_unlock();
}

#if ESPB_TASK_SLOT == ESPB_TASK_SLOT_RUNTIME

void *espb_port_task_slot(void) { return freertos_runtime_slots()[0]; }
bool espb_port_set_task_slot(void *value) {
  freertos_runtime_slots()[0] = value;
  return true;
}
void freertos_runtime_task_ended(void *value) { task_ended(value); }

#elif ESPB_TASK_SLOT == ESPB_TASK_SLOT_CALLBACK

static void pointer_ended(int, void *value) { task_ended(value); }
void *espb_port_task_slot(void) { return pvTaskGetThreadLocalStoragePointer(nullptr, ESPB_TLS_INDEX); }
bool espb_port_set_task_slot(void *value) {
  vTaskSetThreadLocalStoragePointerAndDelCallback(nullptr, ESPB_TLS_INDEX, value, pointer_ended);
  return true;
}

#else

void *espb_port_task_slot(void) { return pvTaskGetThreadLocalStoragePointer(nullptr, ESPB_TLS_INDEX); }
bool espb_port_set_task_slot(void *value) {
  vTaskSetThreadLocalStoragePointer(nullptr, ESPB_TLS_INDEX, value);
  return true;
}
void espb_freertos_task_deleted(void *task) {
  task_ended(pvTaskGetThreadLocalStoragePointer(static_cast<TaskHandle_t>(task), ESPB_TLS_INDEX));
}

#endif

// ---- What a firmware usually knows better: weak

__attribute__((weak)) void espb_port_report(espb_instance *, const espb_error *error) {
  printf("espb: a callback ended early: %s\n", error->message);
}

__attribute__((weak)) void espb_port_visit_holders(uintptr_t, uintptr_t, espb_port_holder_visitor, void *) {}
