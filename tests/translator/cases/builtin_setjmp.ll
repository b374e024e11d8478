; EXPECT: error: in function main: __builtin_setjmp/__builtin_longjmp is not supported
target triple = "riscv32-unknown-none-elf"
target datalayout = "e-m:e-p:32:32-i64:64-n32-S128"
@buffer = global [5 x ptr] zeroinitializer
declare i32 @llvm.eh.sjlj.setjmp(ptr)
define i32 @main() {
  %r = call i32 @llvm.eh.sjlj.setjmp(ptr @buffer)
  ret i32 %r
}
