// EXPECT: exception_rethrow\.cpp:7: error: in function main: a C\+\+ exception is caught here
// FLAGS: -fexceptions
int work();
int main() {
    try {
        work();
    } catch (...) {
        return 1;
    }
    return 0;
}
