; EXPECT: error: in function scale.*: long double \(128 bits\) is not supported
; EXPECT: hint: use double
target triple = "riscv32-unknown-none-elf"
define fp128 @scale(fp128 %x) {
  %y = fadd fp128 %x, %x
  ret fp128 %y
}
