// Constructors by priority and order, destructors and handlers in reverse.
// OUT: C101 C102 C-default static-object main handler ~local ~static D102 D101
#include <stdio.h>
#include <stdlib.h>
__attribute__((constructor)) static void later() { printf("C-default "); }
__attribute__((constructor(102))) static void second() { printf("C102 "); }
__attribute__((constructor(101))) static void first() { printf("C101 "); }
__attribute__((destructor(101))) static void last() { printf("D101\n"); }
__attribute__((destructor(102))) static void last_but_one() { printf("D102 "); }
struct Loud {
    const char *end;
    Loud(const char *begin, const char *end) : end(end) { printf("%s ", begin); }
    ~Loud() { printf("%s ", end); }
};
static Loud object("static-object", "~static");
static void handler() { printf("handler "); }
int main() {
    static Loud local("main", "~local");
    atexit(handler);
    return 0;
}
