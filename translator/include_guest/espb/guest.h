/* SPDX-License-Identifier: Apache-2.0
   For programs that become ESPB modules. On any other compiler run the macros mean nothing, so that the same
   source also builds into a firmware. */
#ifndef ESPB_GUEST_H
#define ESPB_GUEST_H

#if defined(__clang__)
/* The function or variable can be found by its name from outside. C++: declare it extern "C" as well. */
#define ESPB_EXPORT __attribute__((used, annotate("espb_export")))
/* Worth being compiled to machine code when the module is loaded. */
#define JIT_HOT __attribute__((annotate("espb_hot")))
#else
#define ESPB_EXPORT
#define JIT_HOT
#endif
#define ESPB_HOT JIT_HOT

#endif
