; SPDX-License-Identifier: Apache-2.0
; RUN: espb-llc -S %s
; Words have instructions, bytes and 64 bits go through compare and swap, plain atomic accesses get fences.

; CHECK-LABEL: word:
; CHECK: AMOADD
; CHECK: AMOMAXU
define i32 @word(ptr %p, i32 %x) {
  %a = atomicrmw add ptr %p, i32 %x seq_cst
  %b = atomicrmw umax ptr %p, i32 %a seq_cst
  ret i32 %b
}

; CHECK-LABEL: byte:
; CHECK: CAS {{[ro]}}
define i8 @byte(ptr %p, i8 %x) {
  %a = atomicrmw add ptr %p, i8 %x seq_cst
  ret i8 %a
}

; CHECK-LABEL: pair:
; CHECK: CASD
; CHECK: CASD
; CHECK: CASD
define i64 @pair(ptr %p, i64 %x) {
  %a = load atomic i64, ptr %p seq_cst, align 8
  %b = atomicrmw add ptr %p, i64 %a seq_cst
  store atomic i64 %x, ptr %p seq_cst, align 8
  ret i64 %b
}

; CHECK-LABEL: flag:
; CHECK: FENCE
; CHECK: SW_
; CHECK: FENCE
define void @flag(ptr %p) {
  store atomic i32 1, ptr %p seq_cst, align 4
  ret void
}
