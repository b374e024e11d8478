/* SPDX-License-Identifier: Apache-2.0 */
/*
 * protocol.h - how a host program runs modules on the firmware of the emulated boards, QEMU's RV32 `virt`
 * machine and its Xtensa `sim` machine.
 *
 * The host writes the modules as they are and a run request (below) into raw files and starts
 *
 *   qemu-system-riscv32 -M virt -m 128M -bios none -display none -serial none -monitor none
 *     -icount shift=0,sleep=off -semihosting-config enable=on,target=native -kernel espb-rv32-virt.elf
 *     -device loader,file=REQUEST,addr=0x84000000,force-raw=on
 *     -device loader,file=app.espb,addr=0x84010000,force-raw=on
 *
 * (on one line; a comma inside a file name is written twice; a further `-device loader` per further module)
 * or
 *
 *   qemu-system-xtensa -M sim -cpu de233_fpu -m 1G -display none -serial none -monitor none
 *     -icount shift=0,sleep=off -semihosting -kernel espb-xtensa-sim.elf
 *     -device loader,file=REQUEST,addr=0x24000000,force-raw=on (and so on, 0x24010000)
 *
 * `-icount` makes the clock a count of executed instructions, a nanosecond each: exact on RV32, in steps of
 * 25 with Xtensa's 40 MHz clock. The guest's stdout, stderr and stdin are QEMU's own, through semihosting,
 * written as they come. When the run is over the firmware writes one JSON object, the record, to the file
 * that the request names, and ends QEMU with the exit status
 *   - of the guest (low eight bits) when the run came to its end,
 *   - ESPB_VIRT_EXIT_FAILED otherwise; the record then says why.
 * No record file means that QEMU or the firmware did not come to the end: it was killed, say.
 *
 * A run is over when every entry has returned and no task, active software timer, armed esp_timer or
 * interrupt to come is left; when a program calls exit; when the request's time is up; or when all tasks wait
 * without a time limit and nothing can wake one ("stuck").
 *
 * The record's members (numbers unless said otherwise; those that were not reached are missing):
 *   "protocol" ESPB_VIRT_VERSION | "ok" boolean: the run came to its end | "stage" string: what it came to:
 * "request", "open", "instantiate", "initialise", "find", "call", "stuck", "destroy", "board" (the kernel or
 * the board gave up), "machine" (a fault of the processor), "done" | "module" which of the modules an error
 * is about | "ended" string: "over", "exit", "time", "stuck" | "waiting" string: the tasks left when it was
 * stuck | "exit" the exit status: of the
 * first of the modules that ran last | "result" string: the value its entry returned, in decimal |
 * "result_type" string: its letter in the signature | of an error: "status", "trap" as in espb.h,
 * "status_name", "trap_name" strings, "function" and "code_offset" (missing when unknown), "message" string |
 * of the first module: "load_instructions" executed by espb_module_open and espb_instantiate together,
 * "open_instructions" by the first of them, "initialise_instructions", "guest_instructions" by the call of
 * the entry, in its task alone: without interrupts and other tasks; "dispatches" (0 unless the counting
 * firmware), "module_bytes", "code_bytes", "data_bytes", "stack_bytes", "overhead_bytes", "peak_stack_bytes"
 * as in espb_usage; "fuel_left" when fuel was limited | "peak_ram_bytes" most heap that runtime and guests
 * together ever had in use | "static_ram_bytes" .data and .bss of the whole firmware | "board_ms" the time of
 * the run | of a repeated one: "heap_lost_bytes" that repetitions after the first did not give back,
 * "heap_growth_bytes" that the most heap in use grew by in the second half of them.
 */
#ifndef ESPB_FIRMWARE_PROTOCOL_H
#define ESPB_FIRMWARE_PROTOCOL_H

#include <stdint.h>

/* Where the host's files lie; the request comes first. */
#define ESPB_VIRT_RV32_FILES 0x84000000u
#define ESPB_VIRT_XTENSA_FILES 0x24000000u
#define ESPB_VIRT_REQUEST_BYTES 0x10000u   /* at most, with the strings */
#define ESPB_VIRT_MODULE_OFFSET 0x10000u   /* modules lie from here on, each at a multiple of 4096 */
#define ESPB_VIRT_MODULE_BYTES 0x03ff0000u /* at most, all together */
#if defined(__riscv)
#define ESPB_VIRT_FILES ESPB_VIRT_RV32_FILES
#elif defined(__XTENSA__)
#define ESPB_VIRT_FILES ESPB_VIRT_XTENSA_FILES
#endif
#define ESPB_VIRT_MODULES 8         /* at most */
#define ESPB_VIRT_MAGIC 0x52505345u /* "ESPR" in memory */
#define ESPB_VIRT_VERSION 2u
#define ESPB_VIRT_NONE 0xffffffffu
#define ESPB_VIRT_EXIT_FAILED 125

struct espb_virt_module {
  uint32_t address;
  uint32_t bytes;
  uint32_t name; /* argv[0] of its main */
  uint32_t flags;
};
/* Starts when the modules before it are over and unloaded, instead of together with them. */
#define ESPB_VIRT_AFTER 1u

/* Of a request: the functions marked JIT_HOT run as machine code. The record then has, of the first module,
 * "jit_wanted", "jit_compiled", "jit_bytecode_bytes", "jit_code_bytes", "jit_block_bytes" and
 * "jit_peak_bytes" as in espb_jit_report, and "jit_instructions" that compiling took. */
#define ESPB_VIRT_JIT 1u
/* Bits 8 and up of the flags: the executable memory there is for that, in units of 64 bytes; 0: no limit. */
#define ESPB_VIRT_JIT_MEMORY_SHIFT 8
#define ESPB_VIRT_JIT_MEMORY_UNIT 64u
/* Of a request to the counting firmware: a file of the record's name and ESPB_VIRT_PROFILE_SUFFIX gets what
 * the first module executed: per byte of its code two 64-bit numbers, how often the instruction that begins
 * there was executed and how often a branch backward to it was taken. */
#define ESPB_VIRT_PROFILE 2u
#define ESPB_VIRT_PROFILE_SUFFIX ".profile"

/* A run request: this header (little-endian), then `strings_bytes` bytes of NUL-terminated strings. A string
 * is named by its offset from the first byte behind the header. */
struct espb_virt_request {
  uint32_t magic;
  uint32_t version;
  uint32_t module_count;
  uint32_t flags;                /* ESPB_VIRT_JIT, ESPB_VIRT_PROFILE */
  uint32_t fuel_low, fuel_high;  /* as espb_thread_set_fuel; both 0xffffffff: unlimited */
  uint32_t stack_bytes;          /* as espb_options; 0: the module's wish */
  uint32_t register_stack_words; /* the same */
  uint32_t entry;                /* name of the function to call; ESPB_VIRT_NONE: main, or else app_main */
  uint32_t record;               /* file that gets the record; ESPB_VIRT_NONE: it goes to stderr */
  uint32_t argc;                 /* strings from `argv` on, one behind the other: the words behind argv[0] */
  uint32_t argv;
  uint32_t strings_bytes;
  uint32_t trace;        /* file that gets the trace of the pins; ESPB_VIRT_NONE: stderr */
  uint32_t pins;         /* what drives pins from outside (sim_gpio.h); ESPB_VIRT_NONE: nothing */
  uint32_t milliseconds; /* of board time until the run is ended; 0: no limit */
  uint32_t repeat;       /* load, run and unload everything this often instead of once; 0 is 1 */
  struct espb_virt_module modules[ESPB_VIRT_MODULES];
};
/*
 * main is called as its signature says: int(void), int(int, char **) or void(void), the same for app_main. A
 * function that `entry` names may have any number of parameters of scalar types, which the words give in
 * decimal (a pointer parameter gets the address of the string); its integer result is the exit status, a
 * floating-point one is only in the record.
 */

#endif
