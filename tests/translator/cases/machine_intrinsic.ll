; EXPECT: error: in function main: the machine intrinsic llvm\.riscv\.orc\.b\.i32 is not supported
target triple = "riscv32-unknown-none-elf"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
declare i32 @llvm.riscv.orc.b.i32(i32)
define i32 @main() {
  %r = call i32 @llvm.riscv.orc.b.i32(i32 5)
  ret i32 %r
}
