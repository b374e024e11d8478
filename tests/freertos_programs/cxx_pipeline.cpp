// SPDX-License-Identifier: Apache-2.0
// A ring buffer template, virtual filters, an event group, and an esp_timer whose callback is a lambda that stops it.
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "esp_timer.h"
#include "esp_log.h"
#include <array>
#include <algorithm>
#include <cstdio>
#include <cstring>
namespace {
constexpr EventBits_t kReady = 1 << 0, kDone = 1 << 1;
EventGroupHandle_t events;
template <typename T, size_t N> class Ring {
  std::array<T, N> items{}; size_t head = 0, count = 0;
public:
  bool push(T v) { if (count == N) return false; items[(head + count++) % N] = v; return true; }
  bool pop(T &v) { if (!count) return false; v = items[head]; head = (head + 1) % N; --count; return true; }
};
struct Filter { virtual float step(float) = 0; virtual ~Filter() = default; };
struct LowPass : Filter { float y = 0; float step(float x) override { return y += 0.25f * (x - y); } };
struct Gain : Filter { float g; explicit Gain(float g) : g(g) {} float step(float x) override { return g * x; } };
Ring<float, 8> ring;
esp_timer_handle_t timer;
int ticks;
void worker(void *) {
  xEventGroupWaitBits(events, kReady, pdTRUE, pdTRUE, portMAX_DELAY);
  LowPass lp; Gain g(2);
  std::array<Filter *, 2> chain{&lp, &g};
  float v;
  while (ring.pop(v)) {
    for (auto *f : chain) v = f->step(v);
    printf("%.3f ", v);
  }
  puts("");
  xEventGroupSetBits(events, kDone);
  vTaskDelete(nullptr);
}
}
extern "C" void app_main() {
  events = xEventGroupCreate();
  xTaskCreate(worker, "worker", 4096, nullptr, 5, nullptr);
  esp_timer_create_args_t args = {};
  args.callback = [](void *p) { if (++*static_cast<int *>(p) == 5) esp_timer_stop(timer); };
  args.arg = &ticks; args.name = "t";
  ESP_ERROR_CHECK(esp_timer_create(&args, &timer));
  ESP_ERROR_CHECK(esp_timer_start_periodic(timer, 2500));
  for (int i = 1; i <= 6; i++) ring.push(i * 1.5f);
  int a[] = {5, 3, 9, 1};
  std::sort(std::begin(a), std::end(a), [](int x, int y) { return x > y; });
  printf("%d %d\n", a[0], a[3]);
  xEventGroupSetBits(events, kReady);
  xEventGroupWaitBits(events, kDone, pdFALSE, pdTRUE, portMAX_DELAY);
  vTaskDelay(pdMS_TO_TICKS(50));
  ESP_LOGI("main", "ticks %d at %lld us", ticks, esp_timer_get_time() / 1000 * 1000);
}
