; SPDX-License-Identifier: Apache-2.0
; RUN: espb-llc -S -info %s
; Frames, dynamic allocations and objects beyond the reach of the short forms.

declare void @use(ptr)

; INFO: local i() window {{[0-9]+}} args 0 results 1 frame 80
; CHECK-LABEL: local:
; CHECK: ENTER 5
; CHECK: ADDSP_r o0, 0
; CHECK: LW_{{[ra]}}s
; CHECK: RETN 5
define i32 @local() {
  %a = alloca [20 x i32]
  call void @use(ptr %a)
  %p = getelementptr i32, ptr %a, i32 3
  %v = load i32, ptr %p
  ret i32 %v
}

; sp is kept in a register and restored.
; CHECK-LABEL: dynamic:
; CHECK: GETSP [[SP:r[0-9]+]]
; CHECK: SETSP
; CHECK: CALLN8
; CHECK: SETSP [[SP]]
; CHECK: RET
define i32 @dynamic(i32 %n) {
  %a = alloca i32, i32 %n
  call void @use(ptr %a)
  %v = load i32, ptr %a
  ret i32 %v
}

; CHECK-LABEL: big:
; CHECK: ENTER16 626
; CHECK: RETN16 626
define i32 @big() {
  %a = alloca [2500 x i32]
  call void @use(ptr %a)
  %p = getelementptr i32, ptr %a, i32 2400
  %v = load i32, ptr %p
  ret i32 %v
}

; CHECK-LABEL: aligned:
; CHECK: SETSP
define void @aligned() {
  %a = alloca [8 x i32], align 64
  call void @use(ptr %a)
  ret void
}
