; EXPECT: error: in function main: a scalable vector type is not supported
target triple = "riscv32-unknown-none-elf"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
define i32 @main(ptr %p) {
  %v = load <vscale x 4 x i32>, ptr %p
  %s = add <vscale x 4 x i32> %v, %v
  store <vscale x 4 x i32> %s, ptr %p
  ret i32 0
}
