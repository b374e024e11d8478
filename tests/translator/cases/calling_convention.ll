; EXPECT: error: in function spin: calling convention 10 is not supported
target triple = "riscv32-unknown-none-elf"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
define ghccc void @spin() {
  ret void
}
define i32 @main() {
  call ghccc void @spin()
  ret i32 0
}
