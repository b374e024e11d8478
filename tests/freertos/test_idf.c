// SPDX-License-Identifier: Apache-2.0
// What ESP-IDF adds: esp_timer, esp_log, pins, errors, and the heap behind malloc.
#include "check.h"

#include "driver/gpio.h"
#include "esp_chip_info.h"
#include "esp_err.h"
#include "esp_flash.h"
#include "esp_heap_caps.h"
#include "esp_log.h"
#include "esp_random.h"
#include "esp_rom_sys.h"
#include "esp_sleep.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"
#include "sim_gpio.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ---- esp_timer ----

static int64_t fired[16];
static unsigned fired_count;

static void fire(void *argument) {
  if (fired_count < 16)
    fired[fired_count] = esp_timer_get_time();
  fired_count++;
  if (argument != NULL)
    happened(*(const char *)argument);
}

static esp_timer_handle_t self_deleting;
static void delete_self(void *argument) {
  CHECK_EQ(esp_timer_delete(self_deleting), ESP_OK);
  fire(argument);
}

static void fire_in_isr(void *argument) {
  CHECK(xPortInIsrContext());
  fire(argument);
}

struct memory_stream {
  FILE file;
  char *text;
};
static int put_in_memory(char c, FILE *file) {
  *((struct memory_stream *)file)->text++ = c;
  return c;
}

static void test_sleep(void) {
  CHECK_EQ(esp_light_sleep_start(), ESP_ERR_INVALID_STATE);
  esp_timer_handle_t timer;
  const esp_timer_create_args_t args = {.callback = fire, .arg = "l", .name = "late"};
  CHECK_EQ(esp_timer_create(&args, &timer), ESP_OK);
  CHECK_EQ(esp_timer_start_once(timer, 2000), ESP_OK);
  const int64_t start = esp_timer_get_time();
  fired_count = 0;
  CHECK_EQ(esp_sleep_enable_timer_wakeup(5000), ESP_OK);
  CHECK_EQ(esp_light_sleep_start(), ESP_OK);
  CHECK(esp_timer_get_time() - start >= 5000 && esp_timer_get_time() - start < 5200);
  CHECK_EQ(esp_sleep_get_wakeup_cause(), ESP_SLEEP_WAKEUP_TIMER);
  // What became due is done after waking.
  CHECK(happened_exactly("l"));
  CHECK(fired[0] - start >= 5000);

  static char text[256];
  CHECK_EQ(esp_timer_start_periodic(timer, 1234567), ESP_OK);
  struct memory_stream stream = {.file = FDEV_SETUP_STREAM(put_in_memory, NULL, NULL, _FDEV_SETUP_WRITE),
                                 .text = text};
  CHECK_EQ(esp_timer_dump(&stream.file), ESP_OK);
  CHECK(strstr(text, "late ") != NULL && strstr(text, " 1234567 ") != NULL);
  CHECK_EQ(esp_timer_stop(timer), ESP_OK);
  CHECK_EQ(esp_timer_delete(timer), ESP_OK);

  CHECK_EQ(esp_sleep_disable_wakeup_source(ESP_SLEEP_WAKEUP_TIMER), ESP_OK);
  esp_chip_info_t chip;
  esp_chip_info(&chip);
  CHECK_EQ(chip.cores, 1);
  uint32_t flash = 0;
  CHECK_EQ(esp_flash_get_size(NULL, &flash), ESP_OK);
  CHECK(flash != 0);
}

void test_esp_timer(void) {
  esp_timer_create_args_t args = {.callback = fire, .arg = "a", .name = "first"};
  esp_timer_handle_t first;
  esp_timer_handle_t second;
  CHECK_EQ(esp_timer_create(&args, NULL), ESP_ERR_INVALID_ARG);
  // The first timer makes the service task, which stays.
  CHECK_EQ(esp_timer_create(&args, &first), ESP_OK);
  CHECK_EQ(esp_timer_delete(first), ESP_OK);
  settle();
  const size_t heap = xPortGetFreeHeapSize();
  CHECK_EQ(esp_timer_create(&args, &first), ESP_OK);
  args.arg = "b";
  CHECK_EQ(esp_timer_create(&args, &second), ESP_OK);

  int64_t start = esp_timer_get_time();
  CHECK_EQ(esp_timer_start_once(first, 2500), ESP_OK);
  CHECK_EQ(esp_timer_start_once(first, 2500), ESP_ERR_INVALID_STATE);
  CHECK_EQ(esp_timer_start_once(second, 1300), ESP_OK);
  CHECK_EQ(esp_timer_delete(first), ESP_ERR_INVALID_STATE);
  CHECK(esp_timer_is_active(first));
  struct freertos_activity activity;
  freertos_get_activity(&activity);
  CHECK_EQ(activity.active_esp_timers, 2);
  CHECK_EQ(activity.tasks, 1);
  vTaskDelay(5);
  CHECK(happened_exactly("ba"));
  CHECK(!esp_timer_is_active(first));
  // Not before its time, and a switch of tasks after it: a few hundred instructions.
  CHECK(fired[0] - start >= 1300 && fired[0] - start <= 1305);
  CHECK(fired[1] - start >= 2500 && fired[1] - start <= 2505);
  CHECK_EQ(esp_timer_stop(first), ESP_ERR_INVALID_STATE);

  // Timers of one moment fire in the order of starting.
  start = esp_timer_get_time();
  while (esp_timer_get_time() == start) {
  }
  CHECK_EQ(esp_timer_start_once(second, 150), ESP_OK);
  CHECK_EQ(esp_timer_start_once(first, 150), ESP_OK);
  uint64_t due[2];
  CHECK_EQ(esp_timer_get_expiry_time(second, &due[0]), ESP_OK);
  CHECK_EQ(esp_timer_get_expiry_time(first, &due[1]), ESP_OK);
  CHECK_EQ(due[0], due[1]);
  CHECK_EQ(esp_timer_get_next_alarm(), due[0]);
  esp_rom_delay_us(200);
  CHECK(happened_exactly("ba"));

  fired_count = 0;
  start = esp_timer_get_time();
  CHECK_EQ(esp_timer_start_periodic(first, 700), ESP_OK);
  uint64_t period = 0;
  CHECK_EQ(esp_timer_get_period(first, &period), ESP_OK);
  CHECK_EQ(period, 700);
  while (fired_count < 10)
    vTaskDelay(1);
  CHECK_EQ(esp_timer_stop(first), ESP_OK);
  for (int i = 0; i < 10; i++)
    CHECK(fired[i] - start >= 700 * (i + 1) && fired[i] - start <= 700 * (i + 1) + 5);
  CHECK(happened_exactly(fired_count == 10 ? "aaaaaaaaaa" : "aaaaaaaaaaa"));
  const unsigned stopped = fired_count;
  vTaskDelay(5);
  CHECK_EQ(fired_count, stopped);
  CHECK_EQ(esp_timer_delete(first), ESP_OK);
  CHECK_EQ(esp_timer_delete(second), ESP_OK);

  args.callback = delete_self;
  args.arg = "d";
  CHECK_EQ(esp_timer_create(&args, &self_deleting), ESP_OK);
  CHECK_EQ(esp_timer_start_once(self_deleting, 100), ESP_OK);
  esp_rom_delay_us(200);
  CHECK(happened_exactly("d"));

  args.callback = fire_in_isr;
  args.arg = "i";
  args.dispatch_method = ESP_TIMER_ISR;
  CHECK_EQ(esp_timer_create(&args, &first), ESP_OK);
  CHECK_EQ(esp_timer_start_once(first, 100), ESP_OK);
  vTaskSuspendAll(); // an interrupt does not need the scheduler
  esp_rom_delay_us(200);
  CHECK(happened_exactly("i"));
  xTaskResumeAll();
  CHECK_EQ(esp_timer_delete(first), ESP_OK);
  settle();
  CHECK_EQ(xPortGetFreeHeapSize(), heap);

  start = esp_timer_get_time();
  usleep(300);
  CHECK(esp_timer_get_time() - start >= 300 && esp_timer_get_time() - start < 400);
  const TickType_t tick = xTaskGetTickCount();
  usleep(7001);
  CHECK_EQ(xTaskGetTickCount() - tick, 8);
  test_sleep();
}

// ---- esp_log ----

static char logged[1024];
static int log_to_memory(const char *format, va_list arguments) {
  const size_t length = strlen(logged);
  return vsnprintf(logged + length, sizeof logged - length, format, arguments);
}

static bool logged_exactly(const char *expected) {
  const bool good = strcmp(logged, expected) == 0;
  if (!good)
    printf("logged \"%s\", expected \"%s\"\n", logged, expected);
  logged[0] = 0;
  return good;
}

void test_esp_log(void) {
  const vprintf_like_t before = esp_log_set_vprintf(log_to_memory);
  char expected[256];
  vTaskDelay(1);
  const unsigned now = (unsigned)esp_log_timestamp();
  CHECK_EQ(now, xTaskGetTickCount());
  ESP_LOGE("tag", "error %d", 1);
  ESP_LOGW("tag", "warning %s", "two");
  ESP_LOGI("tag", "information %lld", 3LL << 32);
  ESP_LOGD("tag", "not this one");
  snprintf(expected, sizeof expected,
           "E (%u) tag: error 1\nW (%u) tag: warning two\nI (%u) tag: information 12884901888\n", now, now,
           now);
  CHECK(logged_exactly(expected));

  esp_log_level_set("tag", ESP_LOG_VERBOSE);
  esp_log_level_set("quiet", ESP_LOG_ERROR);
  ESP_LOGV("tag", "seen");
  ESP_LOGI("quiet", "not seen");
  ESP_LOGD("other", "not seen");
  snprintf(expected, sizeof expected, "V (%u) tag: seen\n", now);
  CHECK(logged_exactly(expected));
  CHECK_EQ(esp_log_level_get("quiet"), ESP_LOG_ERROR);
  esp_log_level_set("*", ESP_LOG_NONE);
  ESP_LOGE("tag", "nothing");
  ESP_LOGE("other", "nothing");
  CHECK(logged_exactly(""));
  esp_log_level_set("*", ESP_LOG_INFO);

  uint8_t bytes[20];
  for (unsigned i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t)(0x41 + i);
  ESP_LOG_BUFFER_HEX("tag", bytes, 18);
  snprintf(expected, sizeof expected,
           "I (%u) tag: 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50\nI (%u) tag: 51 52\n", now, now);
  CHECK(logged_exactly(expected));
  ESP_LOG_BUFFER_CHAR("tag", bytes, 4);
  snprintf(expected, sizeof expected, "I (%u) tag: ABCD\n", now);
  CHECK(logged_exactly(expected));
  esp_log_set_vprintf(before);

  CHECK(strcmp(esp_err_to_name(ESP_ERR_INVALID_STATE), "ESP_ERR_INVALID_STATE") == 0);
  CHECK(strcmp(esp_err_to_name_r(0x9999, expected, sizeof expected), "UNKNOWN ERROR 0x9999(39321)") == 0);
  ESP_ERROR_CHECK(ESP_OK);
  CHECK(esp_random() != esp_random());
}

// ---- pins ----

static QueueHandle_t presses;
static void pressed(void *argument) {
  const uint32_t pin = (uint32_t)(uintptr_t)argument;
  BaseType_t woken = pdFALSE;
  xQueueSendFromISR(presses, &pin, &woken);
  portYIELD_FROM_ISR(woken);
}

static void count_level(void *argument) {
  unsigned *const count = argument;
  if (++*count == 3)
    gpio_intr_disable(GPIO_NUM_7);
}

static bool traced_exactly(const char *expected) {
  const char *trace = take_trace();
  const bool good = strcmp(trace, expected) == 0;
  if (!good)
    printf("traced \"%s\", expected \"%s\"\n", trace, expected);
  return good;
}

void test_gpio(void) {
  const esp_log_level_t level = esp_log_level_get("gpio");
  esp_log_level_set("gpio", ESP_LOG_NONE);
  take_trace();
  char expected[256];
  const gpio_config_t output = {.pin_bit_mask = BIT64(GPIO_NUM_2) | BIT64(GPIO_NUM_40),
                                .mode = GPIO_MODE_OUTPUT};
  CHECK_EQ(gpio_config(&output), ESP_OK);
  const unsigned start = (unsigned)xTaskGetTickCount();
  for (int i = 0; i < 4; i++) {
    CHECK_EQ(gpio_set_level(GPIO_NUM_2, (uint32_t)(i + 1) % 2), ESP_OK);
    CHECK_EQ(gpio_set_level(GPIO_NUM_40, 1), ESP_OK);
    vTaskDelay(5);
  }
  snprintf(expected, sizeof expected,
           "gpio tick=%u pin=2 out=1\ngpio tick=%u pin=40 out=1\ngpio tick=%u pin=2 out=0\ngpio tick=%u "
           "pin=2 out=1\n"
           "gpio tick=%u pin=2 out=0\n",
           start, start, start + 5, start + 10, start + 15);
  CHECK(traced_exactly(expected));
  CHECK_EQ(sim_gpio_wire(40), 1);
  CHECK_EQ(gpio_get_level(GPIO_NUM_40), 0); // the input is off
  CHECK_EQ(gpio_set_direction(GPIO_NUM_40, GPIO_MODE_INPUT_OUTPUT), ESP_OK);
  CHECK_EQ(gpio_get_level(GPIO_NUM_40), 1);
  CHECK_EQ(gpio_set_level(GPIO_NUM_MAX, 1), ESP_ERR_INVALID_ARG);
  CHECK_EQ(gpio_set_level(GPIO_NUM_NC, 1), ESP_ERR_INVALID_ARG);
  CHECK_EQ(gpio_config(NULL), ESP_ERR_INVALID_ARG);
  CHECK_EQ(gpio_isr_handler_add(GPIO_NUM_9, pressed, NULL), ESP_ERR_INVALID_STATE);

  // A button to ground with a pull-up, pressed and released by the world outside.
  presses = xQueueCreate(8, sizeof(uint32_t));
  const gpio_config_t button = {.pin_bit_mask = BIT64(GPIO_NUM_9),
                                .mode = GPIO_MODE_INPUT,
                                .pull_up_en = GPIO_PULLUP_ENABLE,
                                .intr_type = GPIO_INTR_NEGEDGE};
  CHECK_EQ(gpio_config(&button), ESP_OK);
  CHECK_EQ(gpio_get_level(GPIO_NUM_9), 1);
  CHECK_EQ(gpio_install_isr_service(0), ESP_OK);
  CHECK_EQ(gpio_install_isr_service(0), ESP_ERR_INVALID_STATE);
  CHECK_EQ(gpio_isr_handler_add(GPIO_NUM_9, pressed, (void *)9), ESP_OK);
  take_trace();
  vTaskDelay(1);
  const unsigned now = (unsigned)xTaskGetTickCount();
  char list[64];
  snprintf(list, sizeof list, "%u:9=0,%u:9=-,%u:9=0", now + 10, now + 20, now + 30);
  CHECK(sim_gpio_schedule_list(list) == NULL);
  uint32_t pin = 0;
  CHECK_EQ(xQueueReceive(presses, &pin, 100), pdTRUE);
  CHECK_EQ(xTaskGetTickCount(), now + 10);
  CHECK_EQ(pin, 9);
  CHECK_EQ(gpio_get_level(GPIO_NUM_9), 0);
  CHECK_EQ(xQueueReceive(presses, &pin, 100), pdTRUE);
  CHECK_EQ(xTaskGetTickCount(), now + 30);
  // What leaves the level as it is, is no edge.
  gpio_pulldown_en(GPIO_NUM_9);
  sim_gpio_drive(9, 0);
  CHECK_EQ(xQueueReceive(presses, &pin, 2), pdFALSE);
  snprintf(expected, sizeof expected, "gpio tick=%u pin=9 in=0\ngpio tick=%u pin=9 in=0\n", now + 10,
           now + 30);
  CHECK(traced_exactly(expected));
  CHECK_EQ(gpio_isr_handler_remove(GPIO_NUM_9), ESP_OK);
  sim_gpio_drive(9, SIM_GPIO_RELEASED);
  sim_gpio_drive(9, 0);
  CHECK_EQ(xQueueReceive(presses, &pin, 2), pdFALSE);
  vQueueDelete(presses);

  snprintf(list, sizeof list, "%u:9=1,nonsense", now + 1000);
  CHECK(sim_gpio_schedule_list(list) == strchr(list, 'n'));
  CHECK(sim_gpio_schedule_list("99999999:77=1") != NULL);
  CHECK(sim_gpio_schedule_list("1:9=1") != NULL);

  // A pin sees its own output, and a level interrupt comes again until it is switched off.
  unsigned count = 0;
  const gpio_config_t loop = {
      .pin_bit_mask = BIT64(GPIO_NUM_7), .mode = GPIO_MODE_INPUT_OUTPUT, .intr_type = GPIO_INTR_HIGH_LEVEL};
  CHECK_EQ(gpio_config(&loop), ESP_OK);
  CHECK_EQ(gpio_isr_handler_add(GPIO_NUM_7, count_level, &count), ESP_OK);
  CHECK_EQ(count, 0);
  gpio_set_level(GPIO_NUM_7, 1);
  CHECK_EQ(count, 3);
  CHECK_EQ(gpio_reset_pin(GPIO_NUM_7), ESP_OK);
  gpio_uninstall_isr_service();

  // Open drain: a one lets go of the wire.
  gpio_set_direction(GPIO_NUM_5, GPIO_MODE_INPUT_OUTPUT_OD);
  gpio_set_pull_mode(GPIO_NUM_5, GPIO_PULLUP_ONLY);
  CHECK_EQ(gpio_get_level(GPIO_NUM_5), 0);
  gpio_set_level(GPIO_NUM_5, 1);
  CHECK_EQ(gpio_get_level(GPIO_NUM_5), 1);
  sim_gpio_drive(5, 0);
  CHECK_EQ(gpio_get_level(GPIO_NUM_5), 0);
  esp_log_level_set("gpio", level);
}

// ---- heap ----

// More than the compiler may know of a size.
static volatile size_t huge = 0xfffffff0;

void test_heap(void) {
  const size_t before = esp_get_free_heap_size();
  // Sizes that the blocks' headers state are what the heap gave and takes back.
  for (size_t size = 1; size < 5000; size = size * 3 / 2 + 1) {
    uint8_t *block = malloc(size);
    const size_t usable = heap_caps_get_allocated_size(block);
    CHECK((uintptr_t)block % 16 == 0);
    CHECK(usable >= size && usable < size + 64);
    CHECK_EQ(before - esp_get_free_heap_size(), usable + 16);
    memset(block, 0x5a, size);
    block = realloc(block, size * 2);
    bool kept = true;
    for (size_t i = 0; i < size; i++)
      kept &= block[i] == 0x5a;
    CHECK(kept);
    free(block);
    CHECK_EQ(esp_get_free_heap_size(), before);
  }
  for (size_t alignment = 8; alignment <= 4096; alignment *= 2) {
    uint8_t *block = memalign(alignment, 100);
    CHECK((uintptr_t)block % alignment == 0 && heap_caps_get_allocated_size(block) >= 100);
    memset(block, 0x77, heap_caps_get_allocated_size(block));
    block = realloc(block, 300);
    CHECK(block[0] == 0x77 && block[99] == 0x77);
    free(block);
    CHECK_EQ(esp_get_free_heap_size(), before);
  }
  // Either family frees the other's blocks.
  free(pvPortMalloc(100));
  vPortFree(malloc(100));
  CHECK_EQ(esp_get_free_heap_size(), before);
  uint32_t *zeros = calloc(100, 4);
  bool zero = true;
  for (int i = 0; i < 100; i++)
    zero &= zeros[i] == 0;
  CHECK(zero);
  CHECK(realloc(zeros, 0) == NULL);
  CHECK(calloc(huge / 3, 4) == NULL);
  CHECK(malloc(heap_caps_get_total_size(MALLOC_CAP_DEFAULT)) == NULL);
  CHECK(malloc(huge) == NULL);
  CHECK(heap_caps_malloc(10, MALLOC_CAP_SPIRAM) == NULL);
  void *internal = heap_caps_malloc(10, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
  CHECK(internal != NULL);
  heap_caps_free(internal);
  char *text = strdup("the library's own functions use the same heap");
  CHECK(heap_caps_get_allocated_size(text) >= strlen(text) + 1);
  free(text);
  CHECK_EQ(esp_get_free_heap_size(), before);
  CHECK(esp_get_minimum_free_heap_size() <= before);
}
