// SPDX-License-Identifier: Apache-2.0
// An interpreter loop: a stack machine with a switch, running a prime counter and a Collatz search.
#include "kernel.h"

enum op { PUSH, LOAD, STORE, ADD, SUB, MUL, MOD, SHR, AND, EQ, LT, JMP, JZ, CALL, RET, DUP, DROP, INC, AREAD, AWRITE, HALT };

struct machine {
    const uint8_t *code;
    unsigned pc;
    int sp, rp;
    int32_t stack[32];
    int32_t vars[8];
    uint16_t returns[8];
    uint8_t memory[256];
};

// vars: 0 = i, 1 = limit, 2 = count, 3 = j
static const uint8_t sieve_program[] = {
    /*  0 */ PUSH, 2, STORE, 0,
    /*  4 */ LOAD, 0, LOAD, 1, LT, JZ, 45,
    /* 11 */ LOAD, 0, AREAD, JZ, 18, JMP, 41,
    /* 18 */ INC, 2, LOAD, 0, DUP, ADD, STORE, 3,
    /* 26 */ LOAD, 3, LOAD, 1, LT, JZ, 41,
    /* 33 */ LOAD, 3, PUSH, 1, CALL, 46, JMP, 26,
    /* 41 */ INC, 0, JMP, 4,
    /* 45 */ HALT,
    /* 46 */ AWRITE, LOAD, 3, LOAD, 0, ADD, STORE, 3, RET,
};

// vars: 0 = n, 1 = limit, 2 = longest, 3 = x, 4 = steps
static const uint8_t collatz_program[] = {
    /*  0 */ PUSH, 1, STORE, 0,
    /*  4 */ LOAD, 0, LOAD, 1, LT, JZ, 69,
    /* 11 */ LOAD, 0, STORE, 3, PUSH, 0, STORE, 4,
    /* 19 */ LOAD, 3, PUSH, 1, EQ, JZ, 28,
    /* 26 */ JMP, 54,
    /* 28 */ LOAD, 3, PUSH, 1, AND, JZ, 45,
    /* 35 */ LOAD, 3, PUSH, 3, MUL, PUSH, 1, ADD, JMP, 48,
    /* 45 */ LOAD, 3, SHR,
    /* 48 */ STORE, 3, INC, 4, JMP, 19,
    /* 54 */ LOAD, 2, LOAD, 4, LT, JZ, 65,
    /* 61 */ LOAD, 4, STORE, 2,
    /* 65 */ INC, 0, JMP, 4,
    /* 69 */ HALT,
};

static int run(struct machine *m) {
    for (;;) {
        switch (m->code[m->pc++]) {
        case PUSH:
            m->stack[m->sp++] = m->code[m->pc++];
            break;
        case LOAD:
            m->stack[m->sp++] = m->vars[m->code[m->pc++]];
            break;
        case STORE:
            m->vars[m->code[m->pc++]] = m->stack[--m->sp];
            break;
        case ADD:
            m->sp--;
            m->stack[m->sp - 1] += m->stack[m->sp];
            break;
        case SUB:
            m->sp--;
            m->stack[m->sp - 1] -= m->stack[m->sp];
            break;
        case MUL:
            m->sp--;
            m->stack[m->sp - 1] *= m->stack[m->sp];
            break;
        case MOD:
            m->sp--;
            if (m->stack[m->sp] == 0)
                return -1;
            m->stack[m->sp - 1] %= m->stack[m->sp];
            break;
        case SHR:
            m->stack[m->sp - 1] >>= 1;
            break;
        case AND:
            m->sp--;
            m->stack[m->sp - 1] &= m->stack[m->sp];
            break;
        case EQ:
            m->sp--;
            m->stack[m->sp - 1] = m->stack[m->sp - 1] == m->stack[m->sp];
            break;
        case LT:
            m->sp--;
            m->stack[m->sp - 1] = m->stack[m->sp - 1] < m->stack[m->sp];
            break;
        case JMP:
            m->pc = m->code[m->pc];
            break;
        case JZ: {
            uint8_t target = m->code[m->pc++];
            if (m->stack[--m->sp] == 0)
                m->pc = target;
            break;
        }
        case CALL:
            m->returns[m->rp++] = (uint16_t)(m->pc + 1);
            m->pc = m->code[m->pc];
            break;
        case RET:
            m->pc = m->returns[--m->rp];
            break;
        case DUP:
            m->stack[m->sp] = m->stack[m->sp - 1];
            m->sp++;
            break;
        case DROP:
            m->sp--;
            break;
        case INC:
            m->vars[m->code[m->pc++]]++;
            break;
        case AREAD:
            m->stack[m->sp - 1] = m->memory[m->stack[m->sp - 1] & 255];
            break;
        case AWRITE:
            m->sp -= 2;
            m->memory[m->stack[m->sp] & 255] = (uint8_t)m->stack[m->sp + 1];
            break;
        case HALT:
            return 0;
        default:
            return -2;
        }
    }
}

static struct machine vm;

static int32_t execute(const uint8_t *code, int32_t limit) {
    vm = (struct machine){.code = code};
    vm.vars[1] = limit;
    return run(&vm) == 0 ? vm.vars[2] : -1;
}

int kernel_run(void) {
    uint32_t sum = 0;
    for (int i = 0; i < 20; i++)
        sum = sum * 7u + (uint32_t)execute(sieve_program, (int32_t)kernel_opaque(256u - (uint32_t)i));
    sum = sum * 11u + (uint32_t)execute(collatz_program, (int32_t)kernel_opaque(90));
    return kernel_check(sum, 0xd21c5be2u);
}

KERNEL_MAIN
