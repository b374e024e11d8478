// extern "C" was forgotten.
// EXPORTS: app_main
// FLAGS: -Wno-unused
volatile int cell;
void app_main(int argc, char **, char **) { cell = argc; }
