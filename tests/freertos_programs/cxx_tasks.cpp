// C++ around FreeRTOS: a template queue, a mutex guard, a task class with virtual functions, an observer list, statics.
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include <cstdio>
#include <new>

template <typename T> class Queue {
public:
  explicit Queue(unsigned length) : handle_(xQueueCreate(length, sizeof(T))) {}
  ~Queue() { vQueueDelete(handle_); }
  Queue(const Queue &) = delete;
  bool send(const T &value, TickType_t ticks = portMAX_DELAY) { return xQueueSend(handle_, &value, ticks) == pdTRUE; }
  bool receive(T &value, TickType_t ticks = portMAX_DELAY) { return xQueueReceive(handle_, &value, ticks) == pdTRUE; }

private:
  QueueHandle_t handle_;
};

class Mutex {
public:
  Mutex() : handle_(xSemaphoreCreateMutex()) {}
  ~Mutex() { vSemaphoreDelete(handle_); }
  class Guard {
  public:
    explicit Guard(Mutex &mutex) : mutex_(mutex) { xSemaphoreTake(mutex_.handle_, portMAX_DELAY); }
    ~Guard() { xSemaphoreGive(mutex_.handle_); }

  private:
    Mutex &mutex_;
  };

private:
  SemaphoreHandle_t handle_;
};

struct Observer {
  virtual ~Observer() = default;
  virtual void changed(int value) = 0;
  Observer *next = nullptr;
};

class Subject {
public:
  void add(Observer *observer) {
    Mutex::Guard guard(mutex_);
    observer->next = first_;
    first_ = observer;
  }
  void set(int value) {
    Mutex::Guard guard(mutex_);
    for (Observer *o = first_; o; o = o->next)
      o->changed(value);
  }

private:
  Mutex mutex_;
  Observer *first_ = nullptr;
};

class Thread {
public:
  Thread(const char *name, UBaseType_t priority) { xTaskCreate(entry, name, 4096, this, priority, &handle_); }
  virtual ~Thread() = default;
  void join() {
    while (!over_)
      vTaskDelay(1);
  }

protected:
  virtual void run() = 0;

private:
  static void entry(void *self) {
    Thread *thread = static_cast<Thread *>(self);
    vTaskDelay(1); // until the derived object is complete
    thread->run();
    thread->over_ = true;
    vTaskDelete(nullptr);
  }
  TaskHandle_t handle_;
  volatile bool over_ = false;
};

static Subject subject; // constructed before app_main

struct Printer : Observer {
  explicit Printer(const char *n) : name(n) {}
  ~Printer() override { printf("%s saw %d values\n", name, seen); }
  void changed(int value) override {
    seen++;
    if (value % 2 == 0)
      printf("%s: %d in %s\n", name, value, pcTaskGetName(nullptr));
  }
  const char *name;
  int seen = 0;
};
static Printer static_printer("static");

class Feeder : public Thread {
public:
  Feeder(const char *name, Queue<int> &queue) : Thread(name, 4), queue_(queue) {}
  void run() override {
    int value;
    while (queue_.receive(value, 30))
      subject.set(value);
  }

private:
  Queue<int> &queue_;
};

int main() {
  auto *local = new Printer("local");
  subject.add(&static_printer);
  subject.add(local);
  Queue<int> queue(2);
  {
    Feeder feeder("feeder", queue);
    for (int i = 1; i <= 5; i++)
      queue.send(i);
    feeder.join();
  }
  int seen = local->seen;
  auto show = [](void *argument) {
    printf("a lambda as a task: %d\n", *static_cast<int *>(argument));
    *static_cast<int *>(argument) = -1;
    vTaskDelete(nullptr);
  };
  xTaskCreate(show, "lambda", 3072, &seen, 5, nullptr);
  while (seen != -1)
    vTaskDelay(1);
  return 12;
}
// EXIT: 12
