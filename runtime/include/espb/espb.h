/* SPDX-License-Identifier: Apache-2.0 */
/*
 * espb.h - load and run ESPB modules (docs/format.md). The C API of the runtime.
 *
 * Memory: everything the runtime allocates goes through espb_port_alloc (espb/port.h). The bytes of a module
 * stay the caller's, must stay valid and unchanged until the module is closed, and are used in place (they
 * may lie in flash). Tasks: a module may be used by any number of instances, an instance by any number of
 * tasks at once (docs/native-calls.md). An espb_thread is used by one task at a time, except
 * espb_thread_stop, which any task or interrupt handler may call. Errors: every function that can fail
 * returns an espb_status and, when `error` is not NULL, says there what, where and why.
 */
#ifndef ESPB_ESPB_H
#define ESPB_ESPB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum espb_status {
  ESPB_OK = 0,
  ESPB_BAD_MODULE,      /* not a module, damaged, or refused by the verifier */
  ESPB_BAD_VERSION,     /* made for another format version */
  ESPB_NO_MEMORY,       /* an allocation failed; everything was given back */
  ESPB_MISSING_SYMBOL,  /* an import is not there, or its table entry is null */
  ESPB_SYMBOL_MISMATCH, /* a fast symbol table differs from the one the module was made with */
  ESPB_NOT_FOUND,       /* no such export */
  ESPB_BAD_CALL,        /* arguments or results do not fit the signature */
  ESPB_TRAP,            /* the guest trapped: see espb_error.trap */
  ESPB_BUSY,            /* cannot unload: still in use */
  ESPB_UNSUPPORTED      /* this build of the runtime cannot do that */
} espb_status;

typedef enum espb_trap {
  ESPB_TRAP_NONE = 0,
  ESPB_TRAP_UNREACHABLE,
  ESPB_TRAP_ABORT,
  ESPB_TRAP_DIVIDE_BY_ZERO,
  ESPB_TRAP_STACK_OVERFLOW,
  ESPB_TRAP_BAD_CALL,      /* call through a pointer that is no function of that signature */
  ESPB_TRAP_OUT_OF_BOUNDS, /* checked profile only */
  ESPB_TRAP_OUT_OF_FUEL,
  ESPB_TRAP_STOPPED,
  ESPB_TRAP_HOST, /* a host function reported an error */
  ESPB_TRAP_EXIT, /* the guest ended its run by exit(): see espb_error.exit_status. The instance stays fit. */
  ESPB_TRAP_NO_CONTEXT /* a task or interrupt called the guest and there was no stack for it to run on */
} espb_trap;

#define ESPB_NO_FUNCTION 0xffffffffu

typedef struct espb_error {
  espb_status status;
  espb_trap trap;
  uint32_t function;              /* index of the guest function, or ESPB_NO_FUNCTION */
  uint32_t code_offset;           /* from the start of the code section: what the debug file is keyed by */
  char message[160];              /* one line, NUL-terminated, no newline */
  int32_t exit_status;            /* of ESPB_TRAP_EXIT */
  struct espb_instance *instance; /* whose function and code_offset those are, or NULL. To compare with: it
                                     may be gone by now */
} espb_error;

const char *espb_status_name(espb_status status);
const char *espb_trap_name(espb_trap trap);

/* ---- Symbols the firmware offers
 * ------------------------------------------------------------------------------------- */

/* A named symbol. `address`: of a native function or object; with ESPB_SYMBOL_HOST_FUNCTION an
 * espb_host_function; with ESPB_SYMBOL_GUEST_OBJECT (checked profile) an espb_guest_object. */
typedef struct espb_symbol {
  const char *name;
  const void *address;
  uint32_t flags;
} espb_symbol;
#define ESPB_SYMBOL_HOST_FUNCTION 1u
#define ESPB_SYMBOL_GUEST_OBJECT 2u

/* An object that guests of the checked profile read and write: each instance gets a copy in its own memory.
 */
typedef struct espb_guest_object {
  const void *bytes; /* as the guest's 32-bit little-endian machine lays them out */
  uint32_t size;
} espb_guest_object;

/* One entry of a fast symbol table: see espb/symbols.hpp, which makes them from a .sym file at compile time.
 */
typedef struct espb_fast_symbol {
  const void *address;  /* NULL: disabled */
  uint32_t fingerprint; /* FNV-1a over the names up to and with this one (docs/format.md) */
} espb_fast_symbol;

typedef struct espb_fast_table {
  const char *name;
  const espb_fast_symbol *entries;
  uint32_t count;
  uint32_t flags; /* ESPB_FAST_TABLE_OF_SYMBOLS: every address is that of an espb_symbol, whose address and
                     flags count */
} espb_fast_table;
#define ESPB_FAST_TABLE_OF_SYMBOLS 1u

typedef struct espb_symbols {
  const espb_symbol *named;
  uint32_t named_count;
  const espb_fast_table *fast;
  uint32_t fast_count;
  /* Optional: the indices of `named` in the order of their names (strcmp), which makes linking quick.
   * espb/symbols.hpp makes it. */
  const uint16_t *named_order;
} espb_symbols;

/* ---- Modules and instances
 * --------------------------------------------------------------------------------------------- */

typedef struct espb_module espb_module;
typedef struct espb_instance espb_instance;
typedef struct espb_thread espb_thread;

/* Checks the whole module (structure and every instruction). Linear in its size; bounded memory. */
espb_status espb_module_open(const void *bytes, size_t size, espb_module **module, espb_error *error);
/* ESPB_BUSY while instances exist. */
espb_status espb_module_close(espb_module *module);

typedef struct espb_options {
  uint32_t stack_bytes;          /* data stack of the main thread; 0: the module's wish, or 4096 */
  uint32_t register_stack_words; /* 0: the module's wish, or 1024 */
  uint32_t heap_bytes;           /* checked profile: guest heap inside the instance's memory; 0: 1 MiB */
  /* Contexts: what tasks other than the main thread's run guest code on. One is taken where a task enters the
   * guest from outside, made when there is none to take, and given back where it leaves. */
  uint32_t contexts;               /* most there may be at once, reserved ones too; 0: 8 */
  uint32_t reserved_contexts;      /* made by espb_instantiate and kept for interrupt handlers */
  uint32_t context_stack_bytes;    /* 0: as the main thread's */
  uint32_t context_register_words; /* 0: as the main thread's */
  uint64_t context_fuel; /* what each of them starts with whenever it is taken (espb_thread_set_fuel); 0:
                            unlimited */
} espb_options;

/* Links the imports, makes the data block and the main thread. Does not run initialisers. */
espb_status espb_instantiate(espb_module *module, const espb_symbols *symbols, const espb_options *options,
                             espb_instance **instance, espb_error *error);
/* Runs C++ constructors and other initialisers, in order, on the main thread. */
espb_status espb_initialise(espb_instance *instance, espb_error *error);
/* Runs finalisers (C++ destructors of static objects), once, on the main thread, unless a trap left the
 * instance unfit. espb_destroy does it otherwise; of use where finalisers take back what native code holds.
 */
espb_status espb_finalise(espb_instance *instance, espb_error *error);
/* Runs finalisers unless that is done, then frees everything. ESPB_BUSY, and nothing has happened, when tasks
 * are inside guest code or native code is known to hold callbacks (espb_port_visit_holders): the message says
 * which. A callback that native code keeps all the same is dead from now on: calling it is reported
 * (espb_port_report) and gives 0. */
espb_status espb_destroy(espb_instance *instance, espb_error *error);

espb_thread *espb_main_thread(espb_instance *instance);

/* ---- Calls
 * -------------------------------------------------------------------------------------------------------------
 */

typedef union espb_value {
  int32_t i32;
  uint32_t u32;
  int64_t i64;
  float f32;
  double f64;
  uint32_t guest; /* a guest address */
} espb_value;

typedef struct espb_function {
  espb_instance *instance;
  uint32_t index;
  const char *signature; /* in the module's strings */
} espb_function;

espb_status espb_find_function(espb_instance *instance, const char *name, espb_function *function,
                               espb_error *error);

/* Calls a guest function. `args` as the signature says, one value per letter; `result` may be NULL. */
espb_status espb_call(espb_thread *thread, const espb_function *function, const espb_value *args,
                      uint32_t count, espb_value *result, espb_error *error);

/* The same on a context of the calling task: the one it is inside of already, or one of the instance's. */
espb_status espb_call_any(const espb_function *function, const espb_value *args, uint32_t count,
                          espb_value *result, espb_error *error);

#define ESPB_FUEL_UNLIMITED UINT64_MAX
/* Budget of about this many instructions for all following calls on the thread (docs/design.md, Fuel). */
void espb_thread_set_fuel(espb_thread *thread, uint64_t fuel);
uint64_t espb_thread_fuel(const espb_thread *thread);
/* Makes the running guest, or the next call, trap with ESPB_TRAP_STOPPED when it next looks: within some ten
 * thousand instructions, or when a host function it called returns. Any task, any time. */
void espb_thread_stop(espb_thread *thread);
/* espb_thread_stop for the main thread, if it runs, and for every context that a task is inside of. */
void espb_stop(espb_instance *instance);

/* For native functions that guests call. The guest thread that called (of any instance), NULL outside of
 * guests and in interrupt handlers. */
espb_thread *espb_current_thread(void);
/* Ends the guest code that called, when the native function returns: as exit(status) with ESPB_TRAP_EXIT,
 * else by that trap. The first reason counts. `message` (or NULL) must stay valid. False: no guest called. */
bool espb_end_guest(espb_trap trap, const char *message, int32_t status);

/* ---- Guest memory as seen by host functions
 * ------------------------------------------------------------------------------- */

typedef struct espb_host_call espb_host_call;
/* A host function that reads its arguments itself: in the checked profile, and natively with
 * ESPB_HOST_FUNCTIONS=1. Returns ESPB_OK or ESPB_TRAP (after espb_host_fail). */
typedef espb_status (*espb_host_function)(espb_host_call *call);

uint32_t espb_arg_u32(espb_host_call *call); /* the next argument, in order */
uint64_t espb_arg_u64(espb_host_call *call, bool variadic);
double espb_arg_f64(espb_host_call *call, bool variadic);
/* The next argument as a pointer to `bytes` accessible bytes, or NULL after failing the call. */
void *espb_arg_memory(espb_host_call *call, size_t bytes);
/* The next argument as a NUL-terminated string, or NULL after failing the call. */
const char *espb_arg_string(espb_host_call *call);
void espb_return_u32(espb_host_call *call, uint32_t value);
void espb_return_u64(espb_host_call *call, uint64_t value);
espb_instance *espb_call_instance(espb_host_call *call);
espb_thread *espb_call_thread(espb_host_call *call);
/* `message` must stay valid until the call has returned to its native caller. */
espb_status espb_host_fail(espb_host_call *call, const char *message);
/* Ends the guest's run as exit(status) does: its native caller gets ESPB_TRAP with ESPB_TRAP_EXIT. */
espb_status espb_host_exit(espb_host_call *call, int32_t status);
/* Fails the call as an access outside the guest's memory does. */
espb_status espb_host_out_of_bounds(espb_host_call *call);
/* Whether the call has failed: its result does not count any more. */
bool espb_host_failed(const espb_host_call *call);
/* Ends the guest's run as abort() does. */
espb_status espb_host_abort(espb_host_call *call, const char *message);
/* Calls a guest function pointer, given as the guest sees it, on the same thread. A trap in it fails the
 * call. */
espb_status espb_host_call_guest(espb_host_call *call, uint32_t pointer, const char *signature,
                                 const espb_value *args, uint32_t count, espb_value *result);

/* Translates a guest address; NULL when [address, address + bytes) is not the guest's (checked profile). */
void *espb_guest_memory(espb_instance *instance, uint32_t address, size_t bytes);
/* The guest address of memory that espb_guest_memory gave; 0 when it is none of the instance's. */
uint32_t espb_guest_address(const espb_instance *instance, const void *memory);
/* What native code calls for a guest's function pointer, which the guest holds as `pointer`; NULL when it is
 * no function of the instance or there is no memory. In the native profile they are the same. */
void *espb_native_function(espb_instance *instance, uint32_t pointer);
/* What a guest calls for a native function; 0: no memory. In the native profile they are the same. */
uint32_t espb_guest_function(espb_instance *instance, const void *function);

/* ---- What an instance uses
 * ---------------------------------------------------------------------------------------------- */

typedef struct espb_usage {
  uint32_t module_bytes;
  uint32_t code_bytes;
  uint32_t data_bytes;       /* the module's own .data and .bss */
  uint32_t stack_bytes;      /* data and register stacks of the main thread and of all contexts */
  uint32_t overhead_bytes;   /* everything else allocated for the instance */
  uint32_t peak_stack_bytes; /* the sum of each thread's peak */
  uint32_t contexts;         /* made so far */
  uint32_t busy_contexts;    /* with a task or interrupt inside, the main thread too */
  uint64_t dispatches;       /* 0 unless built with ESPB_COUNT_DISPATCHES */
} espb_usage;
void espb_instance_usage(const espb_instance *instance, espb_usage *usage);

/* ---- JIT: a build with ESPB_JIT=1, and the sources of runtime/jit
 * ------------------------------------------------------------------------------ */

#define ESPB_JIT_ALL 1u /* every function, not only those marked JIT_HOT */
#define ESPB_JIT_FUEL                                                                                        \
  2u /* compiled code charges fuel, and so can be stopped: 4 instructions per call and loop */
#define ESPB_JIT_STOP 4u /* compiled code can be stopped: 2 instructions per call and loop */
#define ESPB_JIT_ESTIMATE                                                                                    \
  8u /* compile nothing: the report has `wanted` and about what `block_bytes` would be */

typedef struct espb_jit_options {
  uint32_t flags;
  uint32_t function;  /* only this function (its index), or ESPB_NO_FUNCTION */
  uint32_t max_bytes; /* of executable memory; 0: as much as it takes */
} espb_jit_options;

typedef struct espb_jit_report {
  uint32_t wanted, compiled; /* functions; those that there was no memory for stay interpreted */
  uint32_t bytecode_bytes;   /* of the compiled functions */
  uint32_t code_bytes;       /* of their machine code */
  uint32_t block_bytes;      /* executable memory that was taken */
  uint32_t peak_bytes; /* most memory while compiling: that block's, and 8 bytes per function of the module */
} espb_jit_report;

/* Makes machine code of the instance's functions while no guest code runs on the instance (before
 * espb_initialise at best). It may be called again for others; what is compiled stays as it is. Without
 * executable memory nothing is compiled and all is well: the report says so. ESPB_UNSUPPORTED in a build
 * without JIT. `options` and `report` may be NULL: the functions marked JIT_HOT. Freed by espb_destroy. */
espb_status espb_jit_compile(espb_instance *instance, const espb_jit_options *options,
                             espb_jit_report *report, espb_error *error);
/* The same for one function that the module exports. */
espb_status espb_jit_compile_function(espb_instance *instance, const char *name, uint32_t flags,
                                      espb_jit_report *report, espb_error *error);
/* Which function machine code at `pc` belongs to, and which instruction (its offset in the code section): for
 * reports of a fault there. False: it is not of this instance. Not for attached code. Without memory for a
 * moment `code_offset` is the function's begin. */
bool espb_jit_place(const espb_instance *instance, uintptr_t pc, uint32_t *function, uint32_t *code_offset);
/* Machine code that outlives the instance. Writes an image of what was compiled with these flags
 * (ESPB_JIT_FUEL, ESPB_JIT_STOP) to memory aligned to 4; returns its bytes, 0 when there is no such code.
 * Nothing is written when it is more than `bytes`. */
uint32_t espb_jit_save(const espb_instance *instance, uint32_t flags, void *image, uint32_t bytes);
/* Uses such an image of the same module where it lies, at any address, as from flash after a restart: memory
 * that code can run from and that stays as it is until espb_destroy. Before anything is compiled. */
espb_status espb_jit_attach(espb_instance *instance, uint32_t flags, const void *image, uint32_t bytes,
                            espb_error *error);
/* Where a compiled function is: its machine code and how many bytes; NULL when it is interpreted. */
const void *espb_jit_code(const espb_instance *instance, uint32_t function, uint32_t *bytes);

#ifdef __cplusplus
}
#endif
#endif
