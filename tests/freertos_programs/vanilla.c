// A program as FreeRTOS's own examples are written: hooks of nothing, minimal stacks, and main starts the scheduler.
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"
#include "timers.h"
#include <stdio.h>

#define mainQUEUE_RECEIVE_TASK_PRIORITY (tskIDLE_PRIORITY + 2)
#define mainQUEUE_SEND_TASK_PRIORITY (tskIDLE_PRIORITY + 1)
#define mainSEND_FREQUENCY pdMS_TO_TICKS(20UL)

static QueueHandle_t xQueue = NULL;

static void prvQueueSendTask(void *pvParameters) {
  TickType_t xNextWakeTime = xTaskGetTickCount();
  const uint32_t ulValueToSend = 100UL;
  (void)pvParameters;
  for (int i = 0; i < 3; i++) {
    vTaskDelayUntil(&xNextWakeTime, mainSEND_FREQUENCY);
    xQueueSend(xQueue, &ulValueToSend, 0U);
  }
  vTaskDelete(NULL);
}

static void prvTimerCallback(TimerHandle_t xTimer) {
  const uint32_t ulValueToSend = 200UL;
  (void)xTimer;
  xQueueSend(xQueue, &ulValueToSend, 0U);
}

static void prvQueueReceiveTask(void *pvParameters) {
  uint32_t ulReceivedValue;
  (void)pvParameters;
  for (int i = 0; i < 4; i++) {
    xQueueReceive(xQueue, &ulReceivedValue, portMAX_DELAY);
    printf("Message received from %s at %lu\n", ulReceivedValue == 100UL ? "task" : "software timer", (unsigned long)xTaskGetTickCount());
  }
  vTaskDelete(NULL);
}

int main(void) {
  xQueue = xQueueCreate(2, sizeof(uint32_t));
  if (xQueue != NULL) {
    xTaskCreate(prvQueueReceiveTask, "Rx", configMINIMAL_STACK_SIZE, NULL, mainQUEUE_RECEIVE_TASK_PRIORITY, NULL);
    xTaskCreate(prvQueueSendTask, "TX", configMINIMAL_STACK_SIZE, NULL, mainQUEUE_SEND_TASK_PRIORITY, NULL);
    TimerHandle_t xTimer = xTimerCreate("Timer", pdMS_TO_TICKS(50), pdFALSE, NULL, prvTimerCallback);
    xTimerStart(xTimer, 0);
    vTaskStartScheduler();
  }
  for (;;)
    puts("not reached");
}
