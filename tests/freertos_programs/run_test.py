#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How runs of `espb run` on an emulated board begin and end: several modules, --then, --for, --trace, --gpio, runs that are stuck, Ctrl-C.

run_test.py --espb PATH [--board rv32|xtensa]
"""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

HEAD = """#include "driver/gpio.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include <stdio.h>
#include <stdlib.h>
"""
ESPB = "espb"
BOARD = "rv32"


class Board(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory(prefix="espb-runs-")
        self.addCleanup(self.place.cleanup)
        self.dir = pathlib.Path(self.place.name)

    def module(self, name, source, *flags):
        (self.dir / f"{name}.c").write_text(HEAD + source)
        done = subprocess.run([ESPB, "build", f"{name}.c", "-o", f"{name}.espb", *flags], cwd=self.dir, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return f"{name}.espb"

    def run_espb(self, *words):
        board = [] if "--on" in words else ["--on", BOARD]
        return subprocess.run([ESPB, "run", *board, *words], cwd=self.dir, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)

    def check(self, done, status, out=None, *patterns):
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        if out is not None:
            self.assertEqual(done.stdout, out)
        for pattern in patterns:
            self.assertRegex(done.stderr, pattern)


class Runs(Board):
    def test_main_deletes_itself(self):
        app = self.module("app", "void app_main(void) { puts(\"a\"); vTaskDelete(NULL); puts(\"b\"); }")
        self.check(self.run_espb(app), 0, "a\n")

    def test_exit_anywhere(self):
        task = "static void task(void *a) { vTaskDelay(3); puts(\"bye\"); exit(9); }\n"
        app = self.module("app", task + "void app_main(void) { xTaskCreate(task, \"t\", 2048, NULL, 5, NULL); for (;;) vTaskDelay(10); }")
        self.check(self.run_espb(app), 9, "bye\n")
        app = self.module("app", "static void on(TimerHandle_t t) { exit(8); }\n"
                          "void app_main(void) { xTimerStart(xTimerCreate(\"t\", 2, 1, NULL, on), 0); for (;;) vTaskDelay(10); }")
        self.check(self.run_espb(app), 8, "")
        app = self.module("app", "static void on(void *a) { exit(7); }\n"
                          "void app_main(void) { gpio_set_direction(3, GPIO_MODE_INPUT); gpio_set_intr_type(3, GPIO_INTR_POSEDGE);\n"
                          "gpio_install_isr_service(0); gpio_isr_handler_add(3, on, NULL); for (;;) vTaskDelay(10); }")
        self.check(self.run_espb(app, "--gpio", "5:3=1"), 7, "")

    def test_stuck(self):
        waiter = "static void task(void *a) { int v; xQueueReceive(xQueueCreate(1, 4), &v, portMAX_DELAY); }\n"
        start = "xTaskCreate(task, \"waiter\", 2048, NULL, 5, NULL);"
        app = self.module("app", waiter + "int main(void) { " + start + " return 4; }")
        self.check(self.run_espb(app), 4, "", "note: .*waiter")
        app = self.module("app", waiter + "int main(void) { " + start + " vTaskSuspend(NULL); return 4; }")
        self.check(self.run_espb(app), 124, "", "nothing can happen any more.*main.*waiter|nothing can happen any more.*waiter.*main", "--for")
        done = self.run_espb(app, "--for", "2.5", "--stats")
        self.check(done, 0, "")
        self.assertEqual(json.loads(done.stderr)["board_ms"], 2500)

    def test_waits_for_pins(self):
        app = self.module("app", "static void on(void *a) { }\nint main(void) { gpio_set_direction(3, GPIO_MODE_INPUT);\n"
                          "gpio_install_isr_service(0); gpio_isr_handler_add(3, on, NULL); return 5; }")
        done = self.run_espb(app, "--gpio", "30:3=1,70:3=0", "--stats")
        self.check(done, 5, "")
        self.assertGreaterEqual(json.loads(done.stderr.splitlines()[-1])["board_ms"], 70)

    def test_trace_file(self):
        app = self.module("app", "void app_main(void) { gpio_set_direction(4, GPIO_MODE_OUTPUT); gpio_set_level(4, 1); vTaskDelay(7); gpio_set_level(4, 0); }")
        done = self.run_espb(app, "--trace", "pins.txt")
        self.check(done, 0, "")
        self.assertEqual(done.stderr, "")
        self.assertEqual((self.dir / "pins.txt").read_text(), "gpio tick=0 pin=4 out=1\ngpio tick=7 pin=4 out=0\n")
        self.check(self.run_espb(app), 0, "", "gpio tick=7 pin=4 out=0")
        self.check(self.run_espb(app, "--trace", "no/where.txt"), 120, "", "trace")
        self.check(self.run_espb(app, "--gpio", "5:3=1,6:77=0"), 120, "", "6:77=0")
        self.check(self.run_espb(app, "--on", "host", "--for", "1"), 120, "", "emulated boards")

    def test_two_modules(self):
        loop = "int main(int argc, char **argv) { for (int i = 0; i < 3; i++) { printf(\"%s %s\\n\", argv[0], argv[1]); vTaskDelay(2); } return RESULT; }"
        a, b = self.module("a", loop, "-DRESULT=3"), self.module("b", loop, "-DRESULT=4")
        self.check(self.run_espb(a, b, "--", "x"), 3, "a.espb x\nb.espb x\n" * 3)
        trap = self.module("trap", "volatile int zero;\nint main(void) { return 5 / zero; }")
        self.check(self.run_espb(a, trap, "--", "x"), 125, None, r"trap: division by zero in main\(\) at .*trap\.c:\d+")
        missing = self.module("missing", "int nowhere(void);\nint main(void) { return nowhere(); }")
        self.check(self.run_espb(a, missing, "--", "x"), 123, "", r"missing\.espb: .*nowhere")
        self.check(self.run_espb(*[a] * 9, "--", "x"), 120, "", "8")
        # The same file twice is two instances.
        count = self.module("count", "static int n;\nint main(void) { n++; vTaskDelay(5); printf(\"%d\\n\", n); return 0; }")
        self.check(self.run_espb(count, count, count), 0, "1\n1\n1\n")

    def test_then(self):
        v1 = self.module("v1", "int main(void) { puts(\"one\"); vTaskDelay(5); return 1; }\n__attribute__((destructor)) void d(void) { puts(\"bye\"); }")
        v2 = self.module("v2", "int main(void) { printf(\"two at %u\\n\", (unsigned)xTaskGetTickCount()); return 2; }")
        done = self.run_espb(v1, "--then", v2, "--then", v1)
        self.check(done, 1, "one\nbye\ntwo at 5\none\nbye\n")
        self.check(self.run_espb(v1, v2, "--then", v2), 2, "one\ntwo at 0\nbye\ntwo at 5\n")
        # What a module leaves behind can be called: it is not unloaded, and the message says what it is.
        left = self.module("left", "static void on(TimerHandle_t t) { }\nstatic void tick(void *a) { }\nint main(void) {\n"
                           "xTimerCreate(\"blink\", 5, 0, NULL, on); esp_timer_create_args_t e = {.callback = tick, .name = \"poll\"};\n"
                           "esp_timer_handle_t h; esp_timer_create(&e, &h); gpio_install_isr_service(0); gpio_isr_handler_add(9, tick, NULL); return 6; }")
        self.check(self.run_espb(left), 6, "")  # at the end of the run nothing can call any more
        self.check(self.run_espb(left, "--then", v2), 123, "", "left.espb: .*timer \"blink\"", "poll", "pin \"9\"")

        handler = self.module("handler", "#include \"custom_functions.h\"\nstatic void on(void *a) { }\nstatic custom_handler_t h = {.on_start = on};\n"
                              "int main(void) { return custom_handler_register(&h); }")
        self.check(self.run_espb(handler, "--then", v2), 123, "", "handler.espb: .*custom handler")
        tidy = self.module("tidy", "static void on(TimerHandle_t t) { }\nstatic TimerHandle_t t;\n"
                           "__attribute__((destructor)) static void d(void) { xTimerDelete(t, 0); vTaskDelay(1); puts(\"tidy\"); }\n"
                           "int main(void) { t = xTimerCreate(\"blink\", 5, 0, NULL, on); return 0; }")
        self.check(self.run_espb(tidy, "--then", v2), 2, "tidy\ntwo at 1\n")

    def test_interrupt(self):
        app = self.module("app", "void app_main(void) { puts(\"on\"); for (;;) vTaskDelay(1000); }")
        running = subprocess.Popen([ESPB, "run", "--on", BOARD, app], cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(running.stdout.readline(), "on\n")
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
        self.assertEqual((running.returncode, out), (130, ""))
        self.assertIn("interrupted", err)

    def test_stats(self):
        app = self.module("app", "static void task(void *a) { for (volatile int i = 0; i < 3000000; i++) ; vTaskDelete(NULL); }\n"
                          "int main(int argc, char **argv) { if (argc > 1) xTaskCreate(task, \"t\", 2048, NULL, 1, NULL);\n"
                          "for (volatile int i = 0; i < 1000000; i++) ; return 0; }")
        alone = json.loads(self.run_espb(app, "--stats").stderr)
        again = json.loads(self.run_espb(app, "--stats").stderr)
        disturbed = json.loads(self.run_espb(app, "--stats", "--", "x").stderr)
        self.assertEqual(alone["guest_instructions"], again["guest_instructions"])
        self.assertEqual(alone["ended"], "over")
        # The other task's instructions and the switches are not the entry's; creating the task is.
        self.assertLess(abs(disturbed["guest_instructions"] - alone["guest_instructions"]), 3000)
        self.assertGreater(disturbed["board_ms"], 2 * alone["board_ms"])


class Stress(Board):
    GUESTS = pathlib.Path(__file__).resolve().parents[1] / "freertos/guest"

    def build(self, source):
        done = subprocess.run([ESPB, "build", str(self.GUESTS / source), "-o", "app.espb"], cwd=self.dir, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_million_crossings(self):
        self.build("crossings.c")
        done = self.run_espb("app.espb", "app.espb", "--trace", "/dev/null", "--", "500000")
        self.check(done, 0)
        self.assertEqual(done.stdout.count("enough: 0 bad, 0 calls lost, 0 edges lost, heap grew by 0\n"), 2, done.stdout)
        self.assertEqual(done.stdout.count("timers: none lost\n"), 2, done.stdout)

    def test_ten_thousand_instances(self):
        self.build("soak.cpp")
        self.check(self.run_espb("app.espb", "--repeat", "10000"), 0, "")

    def test_a_leak_is_noticed(self):
        app = self.module("leak", "void *volatile kept;\nint main(void) { kept = malloc(100); return kept == NULL; }")
        self.check(self.run_espb(app, "--repeat", "10"), 125, "", "10 repetitions 1[0-9]{3} bytes of heap are lost")


if __name__ == "__main__":
    if "--espb" in sys.argv:
        at = sys.argv.index("--espb")
        ESPB = str(pathlib.Path(sys.argv[at + 1]).resolve())
        del sys.argv[at:at + 2]
    if "--board" in sys.argv:
        at = sys.argv.index("--board")
        BOARD = sys.argv[at + 1]
        del sys.argv[at:at + 2]
    unittest.main()
