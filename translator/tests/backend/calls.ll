; SPDX-License-Identifier: Apache-2.0
; RUN: espb-llc -S -info %s
; The calling convention: where arguments go, what is recorded for imports, windows and call-crossing registers.

declare i32 @printf(ptr, ...)
declare signext i8 @small(i16 zeroext, i8 signext, i64, double)

; Arguments are computed where the callee wants them; a variadic double takes an even pair.
; INFO: print v(id) window
; CHECK-LABEL: print:
; CHECK-DAG: LARO_r o0, fmt
; CHECK-DAG: MOVD_rr o2, r1
; CHECK:     CALLN8
@fmt = constant [3 x i8] c"%f\00"
define void @print(i32 %unused, double %d) {
  call i32 (ptr, ...) @printf(ptr @fmt, double %d)
  ret void
}

; CHECK-LABEL: extend:
; CHECK: CALLN8
; INFO: extend i(i) window
define i32 @extend(i32 %x) {
  %h = trunc i32 %x to i16
  %r = call signext i8 @small(i16 zeroext %h, i8 signext 3, i64 7, double 1.0)
  %e = sext i8 %r to i32
  ret i32 %e
}

; Ten words of arguments: two travel on the stack.
; CHECK-LABEL: ten:
; CHECK-DAG: LW_{{rs r[0-9]+, |as }}0
; CHECK-DAG: LW_{{rs r[0-9]+, |as }}1
; CHECK: RET
; INFO: ten i(iiiiiiiiii) window 8 args 8 results 1 frame 0 crossing 0x00000000 leaf
define i32 @ten(i32 %a, i32 %b, i32 %c, i32 %d, i32 %e, i32 %f, i32 %g, i32 %h, i32 %i, i32 %j) {
  %1 = add i32 %i, %j
  %2 = add i32 %1, %h
  ret i32 %2
}

; A value kept over a call is in the function's record.
; INFO: keep i(i) window {{[0-9]+}} args 1 results 1 frame 0 crossing 0x00000001
; CHECK-LABEL: keep:
; CHECK: CALL8
define i32 @keep(i32 %x) {
  %r = call i32 @keep(i32 5)
  %s = add i32 %r, %x
  ret i32 %s
}

; Results of four words go to memory that the caller names.
; INFO: wide v(pi) window
define { i32, i32, i32, i32 } @wide(i32 %x) {
  %1 = insertvalue { i32, i32, i32, i32 } poison, i32 %x, 0
  %2 = insertvalue { i32, i32, i32, i32 } %1, i32 %x, 1
  %3 = insertvalue { i32, i32, i32, i32 } %2, i32 %x, 2
  %4 = insertvalue { i32, i32, i32, i32 } %3, i32 %x, 3
  ret { i32, i32, i32, i32 } %4
}

; INFO: hot v() window 1 args 0 results 0 frame 0 crossing 0x00000000 leaf hot
define void @hot() "espb-hot" {
  ret void
}
