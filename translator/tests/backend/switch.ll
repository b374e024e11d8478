; SPDX-License-Identifier: Apache-2.0
; RUN: espb-llc -S %s
; The table follows its instruction; the range check in front of it becomes the default.

; CHECK-LABEL: pick:
; CHECK-NOT:  BGEU
; CHECK:      SWITCH {{r[0-9]+}}, 5
; CHECK-NEXT: .short [[OTHER:.LBB0_[0-9]+]]-
; CHECK-COUNT-5: .short .LBB0_
; CHECK:      [[OTHER]]:
; CHECK-NEXT: LI_ri r0, -1
declare i32 @f(i32)
define i32 @pick(i32 %x) {
  switch i32 %x, label %other [
    i32 10, label %a
    i32 11, label %b
    i32 12, label %c
    i32 13, label %d
    i32 14, label %e
  ]
a:
  %ra = call i32 @f(i32 1)
  ret i32 %ra
b:
  %rb = call i32 @f(i32 7)
  %sb = add i32 %rb, 3
  ret i32 %sb
c:
  ret i32 99
d:
  %rd = mul i32 %x, %x
  ret i32 %rd
e:
  %re = call i32 @f(i32 20)
  %se = xor i32 %re, 3
  ret i32 %se
other:
  ret i32 -1
}
