// SPDX-License-Identifier: Apache-2.0
// An expression evaluator: tokens, shunting yard to postfix, then evaluation with variables and functions.
#include "train.h"

typedef struct {
    char kind; // 'n' number, 'v' variable, 'f' function, '~' minus sign, or the operator itself
    int32_t number;
} Token;

typedef struct {
    Token items[48];
    int count;
} Postfix;

static int rank_of(char op) {
    switch (op) {
    case '|':
        return 1;
    case '^':
        return 2;
    case '&':
        return 3;
    case '<':
    case '>':
        return 4;
    case '+':
    case '-':
        return 5;
    case '*':
    case '/':
    case '%':
        return 6;
    case '~':
        return 7;
    case 'f':
        return 8;
    default:
        return 0;
    }
}

static bool compile(const char *s, Postfix *out) {
    Token waiting[24];
    int held = 0;
    bool operand = false;
    out->count = 0;
    for (;;) {
        char c = *s;
        if (c == ' ') {
            ++s;
            continue;
        }
        if (c >= '0' && c <= '9') {
            int32_t v = 0;
            while (*s >= '0' && *s <= '9')
                v = v * 10 + *s++ - '0';
            out->items[out->count++] = (Token){'n', v};
            operand = true;
            continue;
        }
        if (c >= 'a' && c <= 'z') {
            if (s[1] == '(')
                waiting[held++] = (Token){'f', c};
            else
                out->items[out->count++] = (Token){'v', c - 'a'};
            operand = s[1] != '(';
            ++s;
            continue;
        }
        if (c == '(') {
            waiting[held++] = (Token){'(', 0};
            operand = false;
            ++s;
            continue;
        }
        if (c == ')' || c == 0) {
            while (held && waiting[held - 1].kind != '(')
                out->items[out->count++] = waiting[--held];
            if (c == 0)
                return held == 0 && operand;
            if (!held)
                return false;
            --held;
            operand = true;
            ++s;
            continue;
        }
        char op = c == '-' && !operand ? '~' : c;
        int rank = rank_of(op);
        if (!rank || (op != '~' && !operand))
            return false;
        while (op != '~' && held && rank_of(waiting[held - 1].kind) >= rank)
            out->items[out->count++] = waiting[--held];
        waiting[held++] = (Token){op, 0};
        operand = false;
        ++s;
    }
}

static int32_t apply(char op, int32_t a, int32_t b, bool *bad) {
    uint32_t x = (uint32_t)a, y = (uint32_t)b;
    switch (op) {
    case '+':
        return (int32_t)(x + y);
    case '-':
        return (int32_t)(x - y);
    case '*':
        return (int32_t)(x * y);
    case '/':
    case '%':
        if (b == 0 || b == -1) {
            *bad = true;
            return 0;
        }
        return op == '/' ? a / b : a % b;
    case '&':
        return a & b;
    case '|':
        return a | b;
    case '^':
        return a ^ b;
    case '<':
        return a < b;
    case '>':
        return a > b;
    default:
        *bad = true;
        return 0;
    }
}

static int32_t evaluate(const Postfix *p, const int32_t *variables, bool *bad) {
    int32_t stack[24];
    int top = 0;
    for (const Token *t = p->items, *end = t + p->count; t < end; ++t) {
        if (t->kind == 'n') {
            stack[top++] = t->number;
        } else if (t->kind == 'v') {
            stack[top++] = variables[t->number];
        } else if (t->kind == '~') {
            stack[top - 1] = (int32_t)(0u - (uint32_t)stack[top - 1]);
        } else if (t->kind == 'f') {
            int32_t v = stack[top - 1];
            uint32_t u = (uint32_t)v;
            stack[top - 1] = t->number == 's' ? (int32_t)(u * u) : t->number == 'a' ? (v < 0 ? (int32_t)(0u - u) : v) : v > 0;
        } else {
            --top;
            stack[top - 1] = apply(t->kind, stack[top - 1], stack[top], bad);
        }
    }
    return stack[0];
}

static const char *const sources[] = {"1 + 2 * 3", "(a + b) * (a - b)", "s(a) - s(b)", "a(b - 100) % 7 + -a * -(b + 1)",
                                      "a & 255 | b ^ 85", "(a > b) * a + (b > a) * b", "((((a))))/(1+s(b)%5)", "1 +",
                                      ") 4", "100 / (a % 3)"};

int main(void) {
    volatile int rounds = 50;
    uint32_t digest = 0;
    for (int round = 0; round < rounds; ++round)
        for (unsigned i = 0; i < sizeof sources / sizeof *sources; ++i) {
            Postfix p;
            if (!compile(sources[i], &p)) {
                digest = digest * 3 + 1;
                continue;
            }
            for (int k = 0; k < 4; ++k) {
                int32_t variables[26] = {round * 7 - 20, k * 31 - round};
                bool bad = false;
                int32_t v = evaluate(&p, variables, &bad);
                if (i == 1) {
                    Postfix other;
                    compile(sources[2], &other);
                    if (evaluate(&other, variables, &bad) != v)
                        return 2;
                }
                digest = digest * 31 + (bad ? 99u : (uint32_t)v);
            }
        }
    return TRAIN_EXPECT(digest, 0x80aba7a0u);
}
