// EXPECT: exception_throw\.cpp:6: error: in function Door::open\(int\): a C\+\+ exception is thrown here
// EXPECT: hint: .*-fno-exceptions
struct Door {
    int open(int key) {
        if (key != 7)
            throw key;
        return key;
    }
};
int main() {
    Door d;
    return d.open(7);
}
