// SPDX-License-Identifier: Apache-2.0
// Multiplication and division of complex numbers, which clang calls for: C11, annex G.5.1, with infinities
// kept when the plain formula makes NaNs of them.
#define ESPB_COMPLEX(T, MUL, DIV, COPYSIGN, LOGB, SCALBN, FABS, ISINF, INF)                                  \
  T _Complex MUL(T a, T b, T c, T d);                                                                        \
  T _Complex DIV(T a, T b, T c, T d);                                                                        \
  static T one_if_inf_##MUL(T v) { return COPYSIGN(ISINF(v) ? (T)1 : (T)0, v); }                             \
  static T zero_if_nan_##MUL(T v) { return v != v ? COPYSIGN((T)0, v) : v; }                                 \
  static T _Complex make_##MUL(T x, T y) {                                                                   \
    T _Complex z;                                                                                            \
    __real__ z = x;                                                                                          \
    __imag__ z = y;                                                                                          \
    return z;                                                                                                \
  }                                                                                                          \
  T _Complex MUL(T a, T b, T c, T d) {                                                                       \
    const T ac = a * c, bd = b * d, ad = a * d, bc = b * c;                                                  \
    T x = ac - bd, y = ad + bc;                                                                              \
    if (x != x && y != y) {                                                                                  \
      int again = 0;                                                                                         \
      if (ISINF(a) || ISINF(b)) {                                                                            \
        a = one_if_inf_##MUL(a), b = one_if_inf_##MUL(b);                                                    \
        c = zero_if_nan_##MUL(c), d = zero_if_nan_##MUL(d);                                                  \
        again = 1;                                                                                           \
      }                                                                                                      \
      if (ISINF(c) || ISINF(d)) {                                                                            \
        c = one_if_inf_##MUL(c), d = one_if_inf_##MUL(d);                                                    \
        a = zero_if_nan_##MUL(a), b = zero_if_nan_##MUL(b);                                                  \
        again = 1;                                                                                           \
      }                                                                                                      \
      if (!again && (ISINF(ac) || ISINF(bd) || ISINF(ad) || ISINF(bc))) {                                    \
        a = zero_if_nan_##MUL(a), b = zero_if_nan_##MUL(b);                                                  \
        c = zero_if_nan_##MUL(c), d = zero_if_nan_##MUL(d);                                                  \
        again = 1;                                                                                           \
      }                                                                                                      \
      if (again) {                                                                                           \
        x = INF * (a * c - b * d);                                                                           \
        y = INF * (a * d + b * c);                                                                           \
      }                                                                                                      \
    }                                                                                                        \
    return make_##MUL(x, y);                                                                                 \
  }                                                                                                          \
  T _Complex DIV(T a, T b, T c, T d) {                                                                       \
    /* The divisor is scaled, so that its square neither overflows nor vanishes. */                          \
    const T size = FABS(c) > FABS(d) ? FABS(c) : FABS(d);                                                    \
    int scale = 0;                                                                                           \
    if (size != 0 && !ISINF(size) && size == size) {                                                         \
      scale = LOGB(size);                                                                                    \
      c = SCALBN(c, -scale), d = SCALBN(d, -scale);                                                          \
    }                                                                                                        \
    const T divisor = c * c + d * d;                                                                         \
    T x = SCALBN((a * c + b * d) / divisor, -scale), y = SCALBN((b * c - a * d) / divisor, -scale);          \
    if (x != x && y != y) {                                                                                  \
      if (divisor == 0 && (a == a || b == b)) {                                                              \
        x = COPYSIGN(INF, c) * a;                                                                            \
        y = COPYSIGN(INF, c) * b;                                                                            \
      } else if ((ISINF(a) || ISINF(b)) && !ISINF(c) && !ISINF(d) && c == c && d == d) {                     \
        a = one_if_inf_##MUL(a), b = one_if_inf_##MUL(b);                                                    \
        x = INF * (a * c + b * d);                                                                           \
        y = INF * (b * c - a * d);                                                                           \
      } else if ((ISINF(c) || ISINF(d)) && !ISINF(a) && !ISINF(b) && a == a && b == b) {                     \
        c = one_if_inf_##MUL(c), d = one_if_inf_##MUL(d);                                                    \
        x = 0 * (a * c + b * d);                                                                             \
        y = 0 * (b * c - a * d);                                                                             \
      }                                                                                                      \
    }                                                                                                        \
    return make_##MUL(x, y);                                                                                 \
  }

#define IS_INF(v) (__builtin_fabs(v) == (double)__builtin_inf())

double scalbn(double, int);
float scalbnf(float, int);
int ilogb(double);
int ilogbf(float);
ESPB_COMPLEX(double, __muldc3, __divdc3, __builtin_copysign, ilogb, scalbn, __builtin_fabs, IS_INF,
             __builtin_inf())
ESPB_COMPLEX(float, __mulsc3, __divsc3, __builtin_copysignf, ilogbf, scalbnf, __builtin_fabsf, IS_INF,
             __builtin_inff())
