; EXPECT: error: in function main: an atomic access of 128 bits is not supported
target triple = "riscv32-unknown-none-elf"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
define i32 @main(ptr %p) {
  %v = load atomic i128, ptr %p seq_cst, align 16
  %t = trunc i128 %v to i32
  ret i32 %t
}
