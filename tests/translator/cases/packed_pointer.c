// FLAGS: -O0
// EXPECT: error: a variable holds the address of .* not a multiple of 4
// EXPECT: hint: .*packed
struct __attribute__((packed)) Entry {
    char tag;
    const void *target;
};
int target;
struct Entry entry = {1, &target};
int main(int argc, char **argv) {
    entry.tag += argc;
    return entry.target == argv;
}
