; EXPECT: error: (in function main: )?ifunc 'fast' is not supported
target triple = "riscv32-unknown-none-elf"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
@fast = ifunc i32 (), ptr @choose
define internal ptr @choose() {
  ret ptr @main
}
define i32 @main() {
  %r = call i32 @fast()
  ret i32 %r
}
