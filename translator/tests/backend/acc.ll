; SPDX-License-Identifier: Apache-2.0
; RUN: espb-llc -S %s
; Accumulator, two-address and fused forms.

; CHECK-LABEL: sum:
; CHECK:      LW_ap
; CHECK-NEXT: ADD_rxa
; CHECK-NEXT: ADDBNZ {{r[0-9]+}}, -1
define i32 @sum(ptr %a, i32 %n) {
entry:
  %empty = icmp slt i32 %n, 1
  br i1 %empty, label %done, label %loop
loop:
  %p = phi ptr [ %a, %entry ], [ %next, %loop ]
  %i = phi i32 [ %n, %entry ], [ %left, %loop ]
  %s = phi i32 [ 0, %entry ], [ %s2, %loop ]
  %v = load i32, ptr %p
  %next = getelementptr i32, ptr %p, i32 1
  %s2 = add i32 %s, %v
  %left = add i32 %i, -1
  %more = icmp ne i32 %left, 0
  br i1 %more, label %loop, label %done
done:
  %r = phi i32 [ 0, %entry ], [ %s2, %loop ]
  ret i32 %r
}

@g = global i32 0
; CHECK-LABEL: inc:
; CHECK:      LW_ad g
; CHECK-NEXT: ADD_aai 1
; CHECK-NEXT: SW_ad g
; CHECK-NEXT: RET
define void @inc() {
  %v = load i32, ptr @g
  %w = add i32 %v, 1
  store i32 %w, ptr @g
  ret void
}

; CHECK-LABEL: bump:
; CHECK:      ADDM_oi r0, 8, 5
; CHECK-NEXT: RET
define void @bump(ptr %p) {
  %q = getelementptr i32, ptr %p, i32 2
  %v = load i32, ptr %q
  %w = add i32 %v, 5
  store i32 %w, ptr %q
  ret void
}

; The chain keeps its intermediate results in acc only.
; CHECK-LABEL: chain:
; CHECK:      ADD_arr
; CHECK-NEXT: ADD_aar r2
; CHECK-NEXT: SHL_aai 3
; CHECK-NEXT: XOR_rar r0, r3
; CHECK-NEXT: RET
define i32 @chain(i32 %a, i32 %b, i32 %c, i32 %d) {
  %1 = add i32 %a, %b
  %2 = add i32 %1, %c
  %3 = shl i32 %2, 3
  %4 = xor i32 %3, %d
  ret i32 %4
}

; CHECK-LABEL: field:
; CHECK:      EXTU_rr r0, r0, 5, 9
define i32 @field(i32 %x) {
  %s = lshr i32 %x, 5
  %m = and i32 %s, 511
  ret i32 %m
}

; A value that a byte load extended is not extended again in another block.
; CHECK-LABEL: byte:
; CHECK:      LBU
; CHECK-NOT:  AND
; CHECK:      RET
define i32 @byte(ptr %p, i32 %k) {
  %v = load i8, ptr %p
  %z = icmp eq i32 %k, 0
  br i1 %z, label %a, label %b
a:
  %x = zext i8 %v to i32
  %y = mul i32 %x, 77
  ret i32 %y
b:
  %c = icmp eq i8 %v, 9
  %d = zext i1 %c to i32
  ret i32 %d
}
