// C++: a class that wraps a task, virtual functions as handlers, captureless lambdas as callbacks, static objects with constructors and
// destructors, new and delete.
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <cstdio>

class Task {
public:
  Task(const char *name, UBaseType_t priority) : name_(name), priority_(priority) {}
  virtual ~Task() { printf("%s: destroyed\n", name_); }
  void start() {
    xTaskCreate([](void *self) { static_cast<Task *>(self)->main(); }, name_, 4096, this, priority_, nullptr);
  }
  const char *name() const { return name_; }

protected:
  virtual void run() = 0;

private:
  void main() {
    run();
    delete this;
    vTaskDelete(nullptr);
  }
  const char *name_;
  UBaseType_t priority_;
};

class Counter : public Task {
public:
  Counter(const char *name, int to, TickType_t pause) : Task(name, 5), to_(to), pause_(pause) {}
  void run() override {
    for (int i = 1; i <= to_; i++) {
      printf("%s: %d\n", name(), i);
      vTaskDelay(pause_);
    }
  }

private:
  int to_;
  TickType_t pause_;
};

struct Log {
  Log() { puts("log opened before app_main"); }
  ~Log() { printf("log closed after %d lines\n", lines); }
  void line(const char *text) {
    lines++;
    puts(text);
  }
  int lines = 0;
};
static Log the_log;

extern "C" void app_main() {
  (new Counter("fast", 3, 10))->start();
  (new Counter("slow", 2, 25))->start();
  TimerHandle_t timer = xTimerCreate(
      "lambda", 15, pdFALSE, &the_log, [](TimerHandle_t t) { static_cast<Log *>(pvTimerGetTimerID(t))->line("a lambda called by the timer"); });
  xTimerStart(timer, 0);
  the_log.line("started");
}
