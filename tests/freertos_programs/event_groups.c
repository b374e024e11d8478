// Event groups: wait for any and all, clear on exit, time-out, rendezvous of three tasks.
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include <stdio.h>

#define WIFI BIT0
#define TIME BIT1
#define DATA BIT2

static EventGroupHandle_t events, rendezvous;

static void sets_bits(void *argument) {
  (void)argument;
  vTaskDelay(10);
  xEventGroupSetBits(events, WIFI);
  vTaskDelay(10);
  xEventGroupSetBits(events, TIME | DATA);
  vTaskDelete(NULL);
}

static void meets(void *argument) {
  const EventBits_t mine = (EventBits_t)(uintptr_t)argument;
  vTaskDelay(5 * mine);
  EventBits_t bits = xEventGroupSync(rendezvous, mine, 7, portMAX_DELAY);
  printf("task %u met the others at %u, bits %u\n", (unsigned)mine, (unsigned)xTaskGetTickCount(), (unsigned)(bits & 7));
  vTaskDelete(NULL);
}

void app_main(void) {
  events = xEventGroupCreate();
  xTaskCreate(sets_bits, "setter", 2048, NULL, 5, NULL);
  EventBits_t bits = xEventGroupWaitBits(events, WIFI | TIME, pdTRUE, pdFALSE, portMAX_DELAY);
  printf("any: %02x at %u\n", (unsigned)bits, (unsigned)xTaskGetTickCount());
  printf("left: %02x\n", (unsigned)xEventGroupGetBits(events));
  bits = xEventGroupWaitBits(events, WIFI | TIME | DATA, pdFALSE, pdTRUE, 5);
  printf("all, too early: %02x at %u\n", (unsigned)bits, (unsigned)xTaskGetTickCount());
  xEventGroupSetBits(events, WIFI);
  bits = xEventGroupWaitBits(events, WIFI | TIME | DATA, pdTRUE, pdTRUE, portMAX_DELAY);
  printf("all: %02x at %u\n", (unsigned)bits, (unsigned)xTaskGetTickCount());
  printf("cleared: %02x\n", (unsigned)xEventGroupGetBits(events));
  vEventGroupDelete(events);

  rendezvous = xEventGroupCreate();
  for (uintptr_t bit = 1; bit <= 4; bit *= 2)
    xTaskCreate(meets, "meets", 2048, (void *)bit, 5, NULL);
}
