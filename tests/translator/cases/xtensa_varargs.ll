; EXPECT: error: in function sum: va_start in code that was compiled for Xtensa
target triple = "xtensa-esp-unknown-elf"
target datalayout = "e-m:e-p:32:32-v1:8:8-i64:64-i128:128-n32"
declare void @llvm.va_start.p0(ptr)
define i32 @sum(i32 %n, ...) {
  %ap = alloca [3 x i32]
  call void @llvm.va_start.p0(ptr %ap)
  ret i32 0
}
define i32 @main() {
  %r = call i32 (i32, ...) @sum(i32 1, i32 2)
  ret i32 %r
}
