// SPDX-License-Identifier: Apache-2.0
// Simulated pins behind driver/gpio.h. A pin is a wire with up to three drivers: the program's output, the
// world outside, and the pull resistors, in this order of strength. Every change of an output or of what the
// world drives is one line of the trace:
//     gpio tick=1000 pin=2 out=1
#include "sim_gpio.h"

#include "driver/gpio.h"
#include "esp_freertos_hooks.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "freertos_board.h"
#include "port_board.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const kTag = "gpio";

#define MODE_INPUT 1
#define MODE_OUTPUT 2
#define MODE_OPEN_DRAIN 4

struct pin {
  uint8_t mode;
  uint8_t interrupt_type;
  bool pull_up : 1;
  bool pull_down : 1;
  bool latch : 1;
  bool wire : 1;
  bool traced : 1;
  bool interrupt_enabled : 1;
  bool held : 1;
  int8_t outside;
  uint8_t drive;
  gpio_isr_t handler;
  void *argument;
};

// A pin that nobody has touched: input and output off, nothing driving from outside.
static struct pin pins[GPIO_PIN_COUNT] = {
    [0 ... GPIO_PIN_COUNT - 1] = {.outside = SIM_GPIO_RELEASED, .drive = GPIO_DRIVE_CAP_DEFAULT}};
static uint64_t status; // pins whose interrupt is due
static bool service_installed;
static void (*common_handler)(void *);
static void *common_argument;

struct stimulus {
  struct stimulus *next;
  uint32_t tick;
  int8_t pin;
  int8_t level;
};
static struct stimulus *stimuli; // by tick, then by order of scheduling
static bool hook_registered;

static esp_err_t reject(const char *function, int pin, const char *why) {
  ESP_LOGE(kTag, "%s: pin %d: %s", function, pin, why);
  return ESP_ERR_INVALID_ARG;
}
#define CHECK_PIN(pin)                                                                                       \
  do {                                                                                                       \
    if (!GPIO_IS_VALID_GPIO((int)(pin)))                                                                     \
      return reject(__func__, (int)(pin), "no such pin");                                                    \
  } while (0)

static bool drives_wire(const struct pin *pin) {
  return (pin->mode & MODE_OUTPUT) && !((pin->mode & MODE_OPEN_DRAIN) && pin->latch);
}

static bool level_on_wire(const struct pin *pin) {
  if (drives_wire(pin))
    return pin->latch;
  if (pin->outside != SIM_GPIO_RELEASED)
    return pin->outside != 0;
  return pin->pull_up && !pin->pull_down;
}

static bool level_interrupt_due(const struct pin *pin) {
  return (pin->mode & MODE_INPUT) && ((pin->interrupt_type == GPIO_INTR_HIGH_LEVEL && pin->wire) ||
                                      (pin->interrupt_type == GPIO_INTR_LOW_LEVEL && !pin->wire));
}

// Interrupts are off in all that follows down to the interrupt handler; `update` is called after any change
// of a pin.
static void raise_if_due(unsigned number, bool edge_due) {
  const struct pin *pin = &pins[number];
  if (!pin->interrupt_enabled || !(edge_due || level_interrupt_due(pin)))
    return;
  status |= 1ULL << number;
  port_irq_raise(SIM_IRQ_GPIO);
}

static void trace_change(unsigned number, const char *side, bool level) {
  char line[64];
  snprintf(line, sizeof line, "gpio tick=%lu pin=%u %s=%d", (unsigned long)xTaskGetTickCountFromISR(), number,
           side, level);
  board_trace(line);
}

static void update(unsigned number) {
  struct pin *pin = &pins[number];
  const bool before = pin->wire;
  pin->wire = level_on_wire(pin);
  if ((pin->mode & MODE_OUTPUT) && pin->traced != pin->latch) {
    pin->traced = pin->latch;
    trace_change(number, "out", pin->latch);
  }
  const bool rising = !before && pin->wire;
  const bool falling = before && !pin->wire;
  const bool wanted =
      (rising && (pin->interrupt_type == GPIO_INTR_POSEDGE || pin->interrupt_type == GPIO_INTR_ANYEDGE)) ||
      (falling && (pin->interrupt_type == GPIO_INTR_NEGEDGE || pin->interrupt_type == GPIO_INTR_ANYEDGE));
  raise_if_due(number, wanted && (pin->mode & MODE_INPUT));
}

static void interrupt(void *argument) {
  (void)argument;
  if (common_handler != NULL) {
    status = 0;
    common_handler(common_argument);
  } else {
    while (status != 0) {
      const unsigned number = (unsigned)__builtin_ctzll(status);
      status &= status - 1;
      if (pins[number].handler != NULL && pins[number].interrupt_enabled)
        pins[number].handler(pins[number].argument);
    }
  }
  // A level interrupt stays due until its cause is gone or it is switched off.
  for (unsigned number = 0; number < GPIO_PIN_COUNT; number++)
    raise_if_due(number, false);
}

// ---- configuration ----

esp_err_t gpio_config(const gpio_config_t *config) {
  if (config == NULL)
    return reject(__func__, -1, "the configuration is NULL");
  if (config->pin_bit_mask == 0 || config->pin_bit_mask >> GPIO_PIN_COUNT != 0) {
    return reject(__func__, -1, "pin_bit_mask names no pin, or one that does not exist");
  }
  if (config->intr_type < 0 || config->intr_type >= GPIO_INTR_MAX)
    return reject(__func__, -1, "unknown interrupt type");
  portENTER_CRITICAL();
  for (unsigned number = 0; number < GPIO_PIN_COUNT; number++) {
    if (!(config->pin_bit_mask >> number & 1))
      continue;
    struct pin *pin = &pins[number];
    pin->mode = (uint8_t)config->mode;
    pin->pull_up = config->pull_up_en == GPIO_PULLUP_ENABLE;
    pin->pull_down = config->pull_down_en == GPIO_PULLDOWN_ENABLE;
    // The level that the new mode and resistors bring about is where the pin starts from, not an edge.
    pin->interrupt_enabled = false;
    update(number);
    pin->interrupt_type = (uint8_t)config->intr_type;
    pin->interrupt_enabled = config->intr_type != GPIO_INTR_DISABLE;
    raise_if_due(number, false);
  }
  portEXIT_CRITICAL();
  return ESP_OK;
}

esp_err_t gpio_reset_pin(gpio_num_t number) {
  CHECK_PIN(number);
  const gpio_config_t reset = {.pin_bit_mask = 1ULL << number,
                               .mode = GPIO_MODE_DISABLE,
                               .pull_up_en = GPIO_PULLUP_ENABLE,
                               .pull_down_en = GPIO_PULLDOWN_DISABLE,
                               .intr_type = GPIO_INTR_DISABLE};
  return gpio_config(&reset);
}

#define CHANGE_PIN(number, statements)                                                                       \
  do {                                                                                                       \
    CHECK_PIN(number);                                                                                       \
    portENTER_CRITICAL();                                                                                    \
    struct pin *const pin = &pins[number];                                                                   \
    statements;                                                                                              \
    update((unsigned)(number));                                                                              \
    portEXIT_CRITICAL();                                                                                     \
    return ESP_OK;                                                                                           \
  } while (0)

esp_err_t gpio_set_direction(gpio_num_t number, gpio_mode_t mode) {
  CHANGE_PIN(number, pin->mode = (uint8_t)mode);
}
esp_err_t gpio_input_enable(gpio_num_t number) { CHANGE_PIN(number, pin->mode |= MODE_INPUT); }
esp_err_t gpio_pullup_en(gpio_num_t number) { CHANGE_PIN(number, pin->pull_up = true); }
esp_err_t gpio_pullup_dis(gpio_num_t number) { CHANGE_PIN(number, pin->pull_up = false); }
esp_err_t gpio_pulldown_en(gpio_num_t number) { CHANGE_PIN(number, pin->pull_down = true); }
esp_err_t gpio_pulldown_dis(gpio_num_t number) { CHANGE_PIN(number, pin->pull_down = false); }
esp_err_t gpio_hold_en(gpio_num_t number) { CHANGE_PIN(number, pin->held = true); }
esp_err_t gpio_hold_dis(gpio_num_t number) { CHANGE_PIN(number, pin->held = false); }
esp_err_t gpio_intr_enable(gpio_num_t number) { CHANGE_PIN(number, pin->interrupt_enabled = true); }
esp_err_t gpio_intr_disable(gpio_num_t number) {
  CHANGE_PIN(number, pin->interrupt_enabled = false; status &= ~(1ULL << number));
}

esp_err_t gpio_set_level(gpio_num_t number, uint32_t level) {
  CHANGE_PIN(number, if (!pin->held) pin->latch = level != 0);
}

esp_err_t gpio_set_pull_mode(gpio_num_t number, gpio_pull_mode_t pull) {
  if (pull > GPIO_FLOATING)
    return reject(__func__, (int)number, "unknown pull mode");
  CHANGE_PIN(number, pin->pull_up = pull == GPIO_PULLUP_ONLY || pull == GPIO_PULLUP_PULLDOWN;
             pin->pull_down = pull == GPIO_PULLDOWN_ONLY || pull == GPIO_PULLUP_PULLDOWN);
}

esp_err_t gpio_set_intr_type(gpio_num_t number, gpio_int_type_t type) {
  if (type >= GPIO_INTR_MAX)
    return reject(__func__, (int)number, "unknown interrupt type");
  CHANGE_PIN(number, pin->interrupt_type = (uint8_t)type);
}

esp_err_t gpio_set_drive_capability(gpio_num_t number, gpio_drive_cap_t strength) {
  if (strength >= GPIO_DRIVE_CAP_MAX)
    return reject(__func__, (int)number, "unknown drive strength");
  CHANGE_PIN(number, pin->drive = (uint8_t)strength);
}

esp_err_t gpio_get_drive_capability(gpio_num_t number, gpio_drive_cap_t *strength) {
  CHECK_PIN(number);
  if (strength == NULL)
    return reject(__func__, (int)number, "no place for the result");
  *strength = (gpio_drive_cap_t)pins[number].drive;
  return ESP_OK;
}

int gpio_get_level(gpio_num_t number) {
  if (!GPIO_IS_VALID_GPIO((int)number))
    return 0;
  return (pins[number].mode & MODE_INPUT) && pins[number].wire;
}

// ---- interrupts ----

esp_err_t gpio_install_isr_service(int flags) {
  (void)flags;
  if (service_installed || common_handler != NULL) {
    ESP_LOGE(kTag, "%s: an interrupt handler for the pins is installed already", __func__);
    return ESP_ERR_INVALID_STATE;
  }
  service_installed = true;
  port_irq_install(SIM_IRQ_GPIO, interrupt, NULL);
  return ESP_OK;
}

void gpio_uninstall_isr_service(void) {
  if (!service_installed)
    return;
  portENTER_CRITICAL();
  for (unsigned number = 0; number < GPIO_PIN_COUNT; number++)
    pins[number].handler = NULL;
  service_installed = false;
  port_irq_install(SIM_IRQ_GPIO, NULL, NULL);
  portEXIT_CRITICAL();
}

esp_err_t gpio_isr_register(void (*handler)(void *), void *argument, int flags, gpio_isr_handle_t *handle) {
  (void)flags;
  if (handler == NULL)
    return reject(__func__, -1, "the handler is NULL");
  if (service_installed || common_handler != NULL)
    return ESP_ERR_NOT_FOUND;
  common_argument = argument;
  common_handler = handler;
  port_irq_install(SIM_IRQ_GPIO, interrupt, NULL);
  if (handle != NULL)
    *handle = (gpio_isr_handle_t)(void *)&common_handler;
  return ESP_OK;
}

static esp_err_t set_handler(const char *function, gpio_num_t number, gpio_isr_t handler, void *argument) {
  if (!GPIO_IS_VALID_GPIO((int)number))
    return reject(function, (int)number, "no such pin");
  if (!service_installed) {
    ESP_LOGE(kTag, "%s: call gpio_install_isr_service first", function);
    return ESP_ERR_INVALID_STATE;
  }
  portENTER_CRITICAL();
  pins[number].handler = handler;
  pins[number].argument = argument;
  pins[number].interrupt_enabled = handler != NULL;
  if (handler == NULL)
    status &= ~(1ULL << number);
  raise_if_due((unsigned)number, false);
  portEXIT_CRITICAL();
  return ESP_OK;
}

esp_err_t gpio_isr_handler_add(gpio_num_t number, gpio_isr_t handler, void *argument) {
  if (handler == NULL)
    return reject(__func__, (int)number, "the handler is NULL");
  return set_handler(__func__, number, handler, argument);
}

esp_err_t gpio_isr_handler_remove(gpio_num_t number) { return set_handler(__func__, number, NULL, NULL); }

// ---- the world outside ----

static bool valid_stimulus(int number, int level) {
  return GPIO_IS_VALID_GPIO(number) && (level == 0 || level == 1 || level == SIM_GPIO_RELEASED);
}

bool sim_gpio_drive(int number, int level) {
  if (!valid_stimulus(number, level))
    return false;
  portENTER_CRITICAL();
  struct pin *pin = &pins[number];
  if (pin->outside != level) {
    pin->outside = (int8_t)level;
    if (level != SIM_GPIO_RELEASED)
      trace_change((unsigned)number, "in", level != 0);
    update((unsigned)number);
  }
  portEXIT_CRITICAL();
  return true;
}

static void apply_stimuli(void) {
  const uint32_t now = xTaskGetTickCountFromISR();
  while (stimuli != NULL && (int32_t)(stimuli->tick - now) <= 0) {
    // The node stays allocated: the tick interrupt must not free. They are few, and live as long as the run.
    sim_gpio_drive(stimuli->pin, stimuli->level);
    stimuli = stimuli->next;
  }
  if (stimuli == NULL) {
    esp_deregister_freertos_tick_hook(apply_stimuli);
    hook_registered = false;
  }
}

bool sim_gpio_schedule(uint32_t tick, int number, int level) {
  if (!valid_stimulus(number, level) || (int32_t)(tick - xTaskGetTickCount()) <= 0)
    return false;
  struct stimulus *node = malloc(sizeof *node);
  if (node == NULL)
    return false;
  node->tick = tick;
  node->pin = (int8_t)number;
  node->level = (int8_t)level;
  portENTER_CRITICAL();
  if (!hook_registered && esp_register_freertos_tick_hook(apply_stimuli) != ESP_OK) {
    portEXIT_CRITICAL();
    free(node);
    return false;
  }
  hook_registered = true;
  struct stimulus **link = &stimuli;
  while (*link != NULL && (int32_t)((*link)->tick - tick) <= 0)
    link = &(*link)->next;
  node->next = *link;
  *link = node;
  portEXIT_CRITICAL();
  return true;
}

static bool parse_number(const char **text, uint32_t *value) {
  const char *const start = *text;
  uint32_t result = 0;
  for (; **text >= '0' && **text <= '9'; ++*text) {
    const uint32_t digit = (uint32_t)(**text - '0');
    if (result > (INT32_MAX - digit) / 10)
      return false;
    result = result * 10 + digit;
  }
  *value = result;
  return *text != start;
}

const char *sim_gpio_schedule_list(const char *list) {
  while (*list != 0) {
    const char *const entry = list;
    uint32_t tick;
    uint32_t number;
    if (!parse_number(&list, &tick) || *list++ != ':')
      return entry;
    if (!parse_number(&list, &number) || *list++ != '=')
      return entry;
    if (*list != '0' && *list != '1' && *list != '-')
      return entry;
    const int level = *list == '-' ? SIM_GPIO_RELEASED : *list - '0';
    list++;
    if (!sim_gpio_schedule(tick, (int)number, level))
      return entry;
    if (*list == ',') {
      list++;
    } else if (*list != 0) {
      return list;
    }
  }
  return NULL;
}

bool sim_gpio_can_fire(void) {
  bool handled = common_handler != NULL;
  for (unsigned number = 0; number < GPIO_PIN_COUNT; number++)
    handled |= pins[number].handler != NULL;
  return handled && stimuli != NULL;
}

void sim_gpio_visit_handlers(void (*visit)(void *context, int pin, void (*handler)(void *)), void *context) {
  if (common_handler != NULL)
    visit(context, -1, common_handler);
  for (unsigned number = 0; number < GPIO_PIN_COUNT; number++) {
    if (pins[number].handler != NULL)
      visit(context, (int)number, pins[number].handler);
  }
}

int sim_gpio_wire(int number) { return GPIO_IS_VALID_GPIO(number) ? pins[number].wire : -1; }
