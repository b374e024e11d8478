// The same in a task, deep in calls, on a null pointer.
// EXPECT: trap: memory access out of bounds: (load|store) outside memory 0x0000000c in inner\(\) at .*task\.c:14
// TRAP
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

struct node {
  struct node *next;
  int padding[2];
  int value;
};

__attribute__((noinline)) static int inner(volatile struct node *node) {
  node->value = 5;
  return node->value;
}
static void task(void *argument) {
  struct node *node = argument;
  vTaskDelay(5);
  inner(node->next);
  vTaskDelete(NULL);
}
void app_main(void) {
  static struct node first;
  xTaskCreate(task, "task", 4096, &first, 5, NULL);
}
