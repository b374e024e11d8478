// EXPORTS: app_main run table limit
#include <espb/guest.h>
ESPB_EXPORT int run(int x) { return x + 1; }
ESPB_EXPORT int table[4] = {1, 2, 3, 4};
ESPB_EXPORT const int limit = 9;
JIT_HOT int hot(int x) { return x * 3; }
int internal_only(void) { return 1; }
void app_main(void) { table[0] = hot(internal_only()); }
