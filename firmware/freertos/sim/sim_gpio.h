// SPDX-License-Identifier: Apache-2.0
// The outside of the simulated pins: what a button, a sensor or a test bench would do. Programs use
// driver/gpio.h.
#ifndef ESPB_SIM_GPIO_H
#define ESPB_SIM_GPIO_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SIM_GPIO_RELEASED (-1)

// The interrupt line of the port that the pins use; those from SIM_IRQ_FIRST_FREE on are free.
#define SIM_IRQ_GPIO 0u
#define SIM_IRQ_FIRST_FREE 8u

// Drives a pin from outside to 0 or 1, or lets go of it. Callable from tasks and interrupts. False: no such
// pin or level.
bool sim_gpio_drive(int pin, int level);

// The same at a tick to come. False: no such pin or level, no memory, or the tick has passed.
bool sim_gpio_schedule(uint32_t tick, int pin, int level);

// A list "TICK:PIN=LEVEL,..." where LEVEL is 0, 1 or - (let go). Returns null when all is scheduled, else
// where the mistake is.
const char *sim_gpio_schedule_list(const char *list);

// Whether an interrupt handler is installed and the world outside is still to drive a pin.
bool sim_gpio_can_fire(void);

// Every installed interrupt handler with its pin, or -1 for the one of gpio_isr_register.
void sim_gpio_visit_handlers(void (*visit)(void *context, int pin, void (*handler)(void *)), void *context);

// Level on the wire, whatever the program configured. -1: no such pin.
int sim_gpio_wire(int pin);

#ifdef __cplusplus
}
#endif

#endif
