// SPDX-License-Identifier: Apache-2.0
// What the firmware's programs print, and the trace of the pins. The linker leads libc's output functions
// here
// (--wrap), so that what one call prints stays in one piece whichever task comes next: while it runs no other
// task does. Nothing is locked that a deleted task could leave behind.
#include "console.h"
#include "board/board.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos_board.h"
#include <stdarg.h>
#include <string.h>

extern "C" {
int __real_vfprintf(FILE *stream, const char *format, va_list arguments);
int __real_puts(const char *text);
int __real_fputs(const char *text, FILE *stream);
size_t __real_fwrite(const void *bytes, size_t size, size_t count, FILE *stream);
}

namespace {

class Undisturbed {
public:
  explicit Undisturbed(const FILE *stream)
      : alone_((stream == stdout || stream == stderr) && !xPortInIsrContext() &&
               xTaskGetSchedulerState() != taskSCHEDULER_NOT_STARTED) {
    if (alone_)
      vTaskSuspendAll();
  }
  ~Undisturbed() {
    if (alone_)
      xTaskResumeAll();
  }
  Undisturbed(const Undisturbed &) = delete;
  Undisturbed &operator=(const Undisturbed &) = delete;

private:
  const bool alone_;
};

int trace_file = -1;

} // namespace

extern "C" {

int __wrap_vfprintf(FILE *stream, const char *format, va_list arguments) {
  Undisturbed here(stream);
  return __real_vfprintf(stream, format, arguments);
}

int __wrap_puts(const char *text) {
  Undisturbed here(stdout);
  return __real_puts(text);
}

int __wrap_fputs(const char *text, FILE *stream) {
  Undisturbed here(stream);
  return __real_fputs(text, stream);
}

size_t __wrap_fwrite(const void *bytes, size_t size, size_t count, FILE *stream) {
  Undisturbed here(stream);
  return __real_fwrite(bytes, size, count, stream);
}

void board_console_write(const char *text, size_t length) { board_write(stdout, text, length); }

void board_trace(const char *line) {
  char whole[96];
  int length = snprintf(whole, sizeof whole, "%s\n", line);
  if (length >= static_cast<int>(sizeof whole))
    length = sizeof whole - 1;
  if (trace_file >= 0)
    board_trace_write(trace_file, whole, static_cast<size_t>(length));
  else
    board_write(stderr, whole, static_cast<size_t>(length));
}
}

bool open_trace(const char *path) { return (trace_file = board_trace_file(path)) >= 0; }
