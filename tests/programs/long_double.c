// long double is double in guests: arithmetic, structures, varargs, printf and scanf.
#include <stdarg.h>
#include <stdio.h>

struct S {
  char c;
  long double x;
};

__attribute__((noinline)) static long double scale(long double x, struct S s) { return x * 2.5L + s.x; }

static double sum(int n, ...) {
  va_list ap;
  va_start(ap, n);
  long double s = 0;
  while (n-- > 0)
    s += va_arg(ap, long double);
  va_end(ap);
  return (double)s;
}

int main(void) {
  struct S s = {1, 0.25L};
  long double x = scale(3, s), y = 0, z = 0;
  printf("%Lf %.3Lg %5d%% %8.2Le L%Lf\n", x, x, 5, x, -x);
  char text[40];
  snprintf(text, sizeof text, "[%*.*Lf]", 9, 3, x);
  printf("%s %g %d\n", text, sum(3, 1.0L, x, 0.5L), sscanf("1.5 -2e3", "%Lf %Lg", &y, &z));
  printf("%g %g\n", (double)y, (double)z);
  return 0;
}
