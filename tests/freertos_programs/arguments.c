// app_main with arguments.
// ARGS: one 2 three
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int app_main(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    printf("%d: %s\n", i, argv[i]);
  printf("end: %s, name ends in .espb: %s\n", argv[argc] ? "no" : "null", strstr(argv[0], ".espb") ? "yes" : "no");
  return atoi(argv[2]) + 20;
}
// EXIT: 22
