; EXIT: 9
target triple = "xtensa-esp-unknown-elf"
target datalayout = "e-m:e-p:32:32-v1:8:8-i64:64-i128:128-n32"
define i32 @main() {
  ret i32 9
}
