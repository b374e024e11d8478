; EXPECT: error: in function main: a type of another machine is not supported
target triple = "riscv32-unknown-none-elf"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
define i32 @main(target("opaque.thing") %x) {
  ret i32 0
}
