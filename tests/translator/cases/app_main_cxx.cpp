// extern "C" was forgotten.
// EXPORTS: app_main
volatile int cell;
void app_main() { cell = 1; }
