; SPDX-License-Identifier: Apache-2.0
; RUN: espb-llc %s, which must fail
; What the machine cannot do is said with place and way out.

; INFO: error: in function assembly: inline assembly is not supported; move it to a function of the firmware and import it
define void @assembly() {
  call void asm sideeffect "wfi", ""()
  ret void
}

; An empty one is a barrier and passes.
define void @barrier() {
  call void asm sideeffect "", "~{memory}"()
  ret void
}

@tls = thread_local global i32 0
; INFO: error: in function thread: thread-local variable 'tls' is not supported
define i32 @thread() {
  %p = call ptr @llvm.threadlocal.address(ptr @tls)
  %v = load i32, ptr %p
  ret i32 %v
}

; INFO: error: in function tail: a guaranteed tail call (musttail) is not supported
define i32 @tail(i32 %x) {
  %r = musttail call i32 @tail(i32 %x)
  ret i32 %r
}
