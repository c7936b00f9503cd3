// Evaluates functions by GNU MPFR, an implementation that is none of ours. The library is opened at run time, so that a
// machine without it can still build and run all other tests.

#include "oracle.h"

#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

long oracle_differences(const float *a, const float *b, long count, long *first) {
  long differences = 0;
  for (long i = 0; i < count; i++) {
    if (memcmp(a + i, b + i, sizeof(float)) == 0 || (isnan(a[i]) && isnan(b[i]))) continue;
    if (differences++ == 0) *first = i;
  }
  return differences;
}

double oracle_worst_error(const float *y, const double *exact, double unit, long count, long *place) {
  double worst = 0;
  *place = 0;
  for (long i = 0; i < count; i++) {
    float rounded = (float)exact[i];
    if (isinf(rounded) && y[i] == rounded) continue;
    float size = fabsf(rounded);
    double own = (double)nextafterf(size, INFINITY) - (double)size;
    double error = fabs((double)y[i] - exact[i]) / (own > unit ? own : unit);
    if (isnan(error)) error = INFINITY;
    if (error > worst) {
      worst = error;
      *place = i;
    }
  }
  return worst;
}

void oracle_random_floats(float *x, long count, float low, float high, unsigned long long seed) {
  for (long i = 0; i < count; i++) {
    seed += 0x9e3779b97f4a7c15;
    unsigned long long z = seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z ^= z >> 31;
    unsigned bits = (unsigned)z;
    if (i & 1) x[i] = (float)(low + ((double)high - (double)low) * ((double)(z >> 11) * 0x1p-53));
    else memcpy(x + i, &bits, sizeof bits);
  }
}

#if __has_include(<mpfr.h>)
#include <mpfr.h>

#define FUNCTIONS(use) \
  use(mpfr_init2) use(mpfr_clear) use(mpfr_set_flt) use(mpfr_set_d) use(mpfr_get_flt) use(mpfr_get_d) \
  use(mpfr_exp) use(mpfr_expm1) use(mpfr_log) use(mpfr_log1p) use(mpfr_tanh) use(mpfr_erf) use(mpfr_erfc) \
  use(mpfr_cos) use(mpfr_sin) use(mpfr_const_pi) use(mpfr_sqrt) use(mpfr_neg) use(mpfr_add) use(mpfr_sub) \
  use(mpfr_mul) use(mpfr_div) use(mpfr_add_ui) use(mpfr_mul_d) use(mpfr_ui_div) use(mpfr_div_ui) \
  use(mpfr_div_2ui) use(mpfr_mul_2ui) use(mpfr_set4) use(mpfr_ui_sub) use(mpfr_sub_d) use(mpfr_remainder)

// The header defines some of these as macros over others; only the functions are wanted here.
#undef mpfr_neg
#undef mpfr_set
#define DECLARE(name) __typeof__(&name) name;
static struct { FUNCTIONS(DECLARE) } M;
static int is_available;

static void load(void) {
  void *library = dlopen("libmpfr.so.6", RTLD_NOW);
  if (!library) library = dlopen("libmpfr.so", RTLD_NOW);
  if (!library) return;
#define LOOK_UP(name) \
  M.name = (__typeof__(M.name))dlsym(library, #name); \
  if (!M.name) return;
  FUNCTIONS(LOOK_UP)
  is_available = 1;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

int oracle_is_available(void) {
  pthread_once(&once, load);
  return is_available;
}

#define N MPFR_RNDN
#define BITS 160

/// e = exp(−|x|).
static void decay(mpfr_ptr e, mpfr_srcptr x) {
  M.mpfr_set4(e, x, N, -1);
  M.mpfr_exp(e, e, N);
}

/// 1 / (1 + exp(−x)) without overflow.
static void sigmoid(mpfr_ptr y, mpfr_srcptr x, mpfr_ptr t) {
  M.mpfr_neg(y, x, N);
  M.mpfr_exp(y, y, N);
  M.mpfr_add_ui(y, y, 1, N);
  M.mpfr_ui_div(y, 1, y, N);
  (void)t;
}

/// Φ(x) = erfc(−x/√2) / 2.
static void normal(mpfr_ptr y, mpfr_srcptr x, mpfr_ptr t) {
  M.mpfr_set_d(t, 0.5, N);
  M.mpfr_sqrt(t, t, N);
  M.mpfr_mul(y, x, t, N);
  M.mpfr_neg(y, y, N);
  M.mpfr_erfc(y, y, N);
  M.mpfr_div_2ui(y, y, 1, N);
}

/// √(2/π) in y.
static void root_of_two_over_pi(mpfr_ptr y) {
  M.mpfr_const_pi(y, N);
  M.mpfr_ui_div(y, 2, y, N);
  M.mpfr_sqrt(y, y, N);
}

/// r = f(v), with three temporaries.
static void evaluate(enum oracle_function f, mpfr_ptr r, float v, mpfr_ptr x, mpfr_ptr a, mpfr_ptr b) {
  M.mpfr_set_flt(x, v, N);
  switch (f) {
    case oracle_exponential: M.mpfr_exp(r, x, N); return;
    case oracle_expm1: M.mpfr_expm1(r, x, N); return;
    case oracle_logarithm: M.mpfr_log(r, x, N); return;
    case oracle_tanh: M.mpfr_tanh(r, x, N); return;
    case oracle_erf: M.mpfr_erf(r, x, N); return;
    case oracle_sigmoid: sigmoid(r, x, a); return;
    case oracle_gelu:
      normal(r, x, a);
      M.mpfr_mul(r, r, x, N);
      return;
    case oracle_gelu_slope:
      normal(r, x, a);
      M.mpfr_mul(b, x, x, N);
      M.mpfr_div_2ui(b, b, 1, N);
      M.mpfr_neg(b, b, N);
      M.mpfr_exp(b, b, N);
      root_of_two_over_pi(a);
      M.mpfr_div_2ui(a, a, 1, N);
      M.mpfr_mul(b, b, a, N);
      M.mpfr_mul(b, b, x, N);
      M.mpfr_add(r, r, b, N);
      return;
    case oracle_gelu_by_tanh:
    case oracle_gelu_by_tanh_slope: {
      root_of_two_over_pi(a);
      M.mpfr_mul_2ui(a, a, 1, N);
      M.mpfr_mul(b, x, x, N);
      M.mpfr_mul_d(b, b, 0.044715, N);
      M.mpfr_add_ui(b, b, 1, N);
      M.mpfr_mul(b, b, x, N);
      M.mpfr_mul(b, b, a, N);
      sigmoid(r, b, a);
      if (f == oracle_gelu_by_tanh) {
        M.mpfr_mul(r, r, x, N);
        return;
      }
      // s + x·s·(1 − s)·2z′, with 1 − s = sigmoid(−2z).
      M.mpfr_neg(b, b, N);
      mpfr_t c;
      M.mpfr_init2(c, BITS);
      sigmoid(c, b, a);
      M.mpfr_mul(c, c, r, N);
      M.mpfr_mul(c, c, x, N);
      root_of_two_over_pi(a);
      M.mpfr_mul_2ui(a, a, 1, N);
      M.mpfr_mul(c, c, a, N);
      M.mpfr_mul(b, x, x, N);
      M.mpfr_mul_d(b, b, 0.044715, N);
      M.mpfr_mul_d(b, b, 3, N);
      M.mpfr_add_ui(b, b, 1, N);
      M.mpfr_mul(c, c, b, N);
      M.mpfr_add(r, r, c, N);
      M.mpfr_clear(c);
      return;
    }
    case oracle_silu:
      sigmoid(r, x, a);
      M.mpfr_mul(r, r, x, N);
      return;
    case oracle_silu_slope:
      sigmoid(r, x, a);
      M.mpfr_neg(b, x, N);
      mpfr_t d;
      M.mpfr_init2(d, BITS);
      sigmoid(d, b, a);
      M.mpfr_mul(d, d, x, N);
      M.mpfr_add_ui(d, d, 1, N);
      M.mpfr_mul(r, r, d, N);
      M.mpfr_clear(d);
      return;
    case oracle_softplus:
      decay(a, x);
      M.mpfr_log1p(r, a, N);
      if (v > 0) M.mpfr_add(r, r, x, N);
      return;
    case oracle_mish:
    case oracle_mish_slope:
      // tanh(log(1 + e)) = n / (n + 2) with n = e·(e + 2).
      M.mpfr_set_flt(a, v > 1000 ? 1000 : v, N);
      M.mpfr_exp(a, a, N);
      M.mpfr_add_ui(r, a, 2, N);
      M.mpfr_mul(r, r, a, N);
      M.mpfr_add_ui(b, r, 2, N);
      M.mpfr_div(r, r, b, N);
      if (f == oracle_mish) {
        M.mpfr_mul(r, r, x, N);
        return;
      }
      mpfr_t e;
      M.mpfr_init2(e, BITS);
      M.mpfr_add_ui(e, a, 1, N);
      M.mpfr_mul(e, e, a, N);
      M.mpfr_mul_2ui(e, e, 2, N);
      M.mpfr_div(e, e, b, N);
      M.mpfr_div(e, e, b, N);
      M.mpfr_mul(e, e, x, N);
      M.mpfr_add(r, r, e, N);
      M.mpfr_clear(e);
      return;
  }
}

void oracle_floats(enum oracle_function f, float *y, const float *x, long count) {
  mpfr_t r, t, a, b;
  M.mpfr_init2(r, BITS);
  M.mpfr_init2(t, BITS);
  M.mpfr_init2(a, BITS);
  M.mpfr_init2(b, BITS);
  for (long i = 0; i < count; i++) {
    evaluate(f, r, x[i], t, a, b);
    y[i] = M.mpfr_get_flt(r, N);
  }
  M.mpfr_clear(r);
  M.mpfr_clear(t);
  M.mpfr_clear(a);
  M.mpfr_clear(b);
}

void oracle_doubles(enum oracle_function f, double *y, const float *x, long count) {
  mpfr_t r, t, a, b;
  M.mpfr_init2(r, BITS);
  M.mpfr_init2(t, BITS);
  M.mpfr_init2(a, BITS);
  M.mpfr_init2(b, BITS);
  for (long i = 0; i < count; i++) {
    evaluate(f, r, x[i], t, a, b);
    y[i] = M.mpfr_get_d(r, N);
  }
  M.mpfr_clear(r);
  M.mpfr_clear(t);
  M.mpfr_clear(a);
  M.mpfr_clear(b);
}

void oracle_double_pairs(
    enum oracle_double_function f, double *high, double *low, const double *x, long count) {
  mpfr_t r, t;
  M.mpfr_init2(r, 300);
  M.mpfr_init2(t, 300);
  for (long i = 0; i < count; i++) {
    M.mpfr_set_d(r, x[i], N);
    if (f == oracle_double_exp) {
      M.mpfr_exp(r, r, N);
    } else if (f == oracle_double_log) {
      M.mpfr_log(r, r, N);
    } else {
      // Whole turns are taken away exactly before the product with 2π.
      M.mpfr_set_d(t, 1, N);
      M.mpfr_remainder(r, r, t, N);
      M.mpfr_const_pi(t, N);
      M.mpfr_mul_2ui(t, t, 1, N);
      M.mpfr_mul(r, r, t, N);
      if (f == oracle_double_cosine_of_turns) M.mpfr_cos(r, r, N);
      else M.mpfr_sin(r, r, N);
    }
    high[i] = M.mpfr_get_d(r, N);
    low[i] = 0;
    if (isfinite(high[i])) {
      M.mpfr_sub_d(r, r, high[i], N);
      low[i] = M.mpfr_get_d(r, N);
    }
  }
  M.mpfr_clear(r);
  M.mpfr_clear(t);
}

#else

int oracle_is_available(void) { return 0; }

void oracle_floats(enum oracle_function f, float *y, const float *x, long count) {
  (void)f, (void)x;
  for (long i = 0; i < count; i++) y[i] = NAN;
}

void oracle_doubles(enum oracle_function f, double *y, const float *x, long count) {
  (void)f, (void)x;
  for (long i = 0; i < count; i++) y[i] = NAN;
}

void oracle_double_pairs(
    enum oracle_double_function f, double *high, double *low, const double *x, long count) {
  (void)f, (void)x;
  for (long i = 0; i < count; i++) high[i] = low[i] = NAN;
}

#endif
