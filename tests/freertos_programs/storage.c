// nvs: every type, what is missing or of another type, lengths, namespaces, erasing.
#include "nvs.h"
#include "nvs_flash.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void show(const char *what, esp_err_t result) { printf("%s: %s\n", what, esp_err_to_name(result)); }

void app_main(void) {
  nvs_handle_t a, b, none;
  show("before init", nvs_open("a", NVS_READWRITE, &a));
  ESP_ERROR_CHECK(nvs_flash_init());
  show("not there", nvs_open("a", NVS_READONLY, &a));
  ESP_ERROR_CHECK(nvs_open("a", NVS_READWRITE, &a));
  ESP_ERROR_CHECK(nvs_set_i8(a, "i8", -8));
  ESP_ERROR_CHECK(nvs_set_u16(a, "u16", 65000));
  ESP_ERROR_CHECK(nvs_set_i32(a, "i32", -2000000000));
  ESP_ERROR_CHECK(nvs_set_u64(a, "u64", UINT64_C(0xfedcba9876543210)));
  ESP_ERROR_CHECK(nvs_set_str(a, "str", "first"));
  ESP_ERROR_CHECK(nvs_set_str(a, "str", "a longer string"));
  ESP_ERROR_CHECK(nvs_set_blob(a, "blob", "\0\1\2", 3));
  int8_t i8;
  uint16_t u16;
  int32_t i32;
  uint64_t u64;
  ESP_ERROR_CHECK(nvs_get_i8(a, "i8", &i8));
  ESP_ERROR_CHECK(nvs_get_u16(a, "u16", &u16));
  ESP_ERROR_CHECK(nvs_get_i32(a, "i32", &i32));
  ESP_ERROR_CHECK(nvs_get_u64(a, "u64", &u64));
  printf("%d %u %" PRId32 " %" PRIx64 "\n", i8, u16, i32, u64);
  size_t length = 0;
  char text[20] = "";
  ESP_ERROR_CHECK(nvs_get_str(a, "str", NULL, &length));
  printf("length %u\n", (unsigned)length);
  size_t small = 5;
  show("too small", nvs_get_str(a, "str", text, &small));
  ESP_ERROR_CHECK(nvs_get_str(a, "str", text, &length));
  printf("%s", text);
  printf(", blob %s\n", (length = 20, nvs_get_blob(a, "blob", text, &length) == ESP_OK && length == 3 && memcmp(text, "\0\1\2", 3) == 0) ? "good" : "bad");
  show("other type", nvs_get_i32(a, "i8", &i32));
  show("no key", nvs_get_i32(a, "nothing", &i32));
  show("long key", nvs_set_i8(a, "a key that is too long", 1));
  ESP_ERROR_CHECK(nvs_open("b", NVS_READWRITE, &b));
  show("other namespace", nvs_get_i8(b, "i8", &i8));
  ESP_ERROR_CHECK(nvs_open("a", NVS_READONLY, &none));
  show("read only", nvs_set_i8(none, "i8", 1));
  show("erase", nvs_erase_key(a, "i8"));
  show("erase again", nvs_erase_key(a, "i8"));
  ESP_ERROR_CHECK(nvs_erase_all(a));
  show("all gone", nvs_get_u16(a, "u16", &u16));
  ESP_ERROR_CHECK(nvs_commit(a));
  nvs_close(a);
  show("closed", nvs_set_i8(a, "i8", 1));
}
