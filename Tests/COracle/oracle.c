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
#undef mpfr_div_ui
#undef mpfr_mul_ui
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

// --- The proven fast path -------------------------------------------------------------------------------------------
//
// Long double has u = 2⁻⁶⁴ as its unit roundoff on x86 (and less elsewhere). Each evaluation below has a relative error
// of at most 16·u = 2⁻⁶⁰ for the reason given beside it; the rounding test leaves room for 2⁻⁵⁸. Tables come from MPFR,
// rounded once. Nothing is shared with the kernels under test: other reductions, tables instead of long polynomials.

#define MARGIN 0x1p-58L

static struct {
  long double power[64];         // 2^(j/64), j = −32…31, at j + 32
  long double power_minus_1[64]; // 2^(j/64) − 1
  long double step_high;         // ln 2 / 64, its first 48 bits: a product with 14 bits is exact
  long double step_low;
  long double steps_per_unit;    // 64 / ln 2
  long double ln2_high;          // ln 2, its first 48 bits
  long double ln2_low;
  long double scale[192];        // near 128/(j + ½), 10 bits, so that its product with a float is exact; 1 for 127, 128
  long double log_scale[192];    // −log(scale)
  long double erf[64][14];       // the Taylor series at (j + ½)/16
  long double erf_small[9];      // erf(x)/x in x², the Maclaurin series
} T;

static long double to_long_double(mpfr_srcptr v) {
  // 53 + 53 bits hold the nearest long double or its neighbour: the error is at most u.
  mpfr_t rest;
  M.mpfr_init2(rest, BITS);
  double high = M.mpfr_get_d(v, N);
  M.mpfr_sub_d(rest, v, high, N);
  double low = M.mpfr_get_d(rest, N);
  M.mpfr_clear(rest);
  return (long double)high + (long double)low;
}

static void split_48(mpfr_ptr v, long double *high, long double *low) {
  mpfr_t rest;
  M.mpfr_init2(rest, BITS);
  double first = M.mpfr_get_d(v, N);
  // Clears the last five of 53 bits.
  unsigned long long bits;
  memcpy(&bits, &first, sizeof bits);
  bits &= ~31ull;
  memcpy(&first, &bits, sizeof bits);
  M.mpfr_sub_d(rest, v, first, N);
  *high = first;
  *low = to_long_double(rest);
  M.mpfr_clear(rest);
}

static void make_tables(void) {
  if (!oracle_is_available()) return;
  mpfr_t a, b, c, d;
  M.mpfr_init2(a, BITS);
  M.mpfr_init2(b, BITS);
  M.mpfr_init2(c, BITS);
  M.mpfr_init2(d, BITS);
  M.mpfr_set_d(a, 2, N);
  M.mpfr_log(a, a, N);
  split_48(a, &T.ln2_high, &T.ln2_low);
  M.mpfr_div_2ui(a, a, 6, N);
  split_48(a, &T.step_high, &T.step_low);
  M.mpfr_ui_div(b, 1, a, N);
  T.steps_per_unit = to_long_double(b);
  for (int j = -32; j < 32; j++) {
    M.mpfr_mul_d(b, a, j, N);
    M.mpfr_exp(c, b, N);
    T.power[j + 32] = to_long_double(c);
    M.mpfr_expm1(c, b, N);
    T.power_minus_1[j + 32] = to_long_double(c);
  }
  for (int j = 96; j < 192; j++) {
    double scale = j == 127 || j == 128 ? 1 : nearbyint(128 / (j + 0.5) * 512) / 512;
    T.scale[j] = scale;
    M.mpfr_set_d(b, scale, N);
    M.mpfr_log(b, b, N);
    M.mpfr_neg(b, b, N);
    T.log_scale[j] = to_long_double(b);
  }
  // The coefficients a(n) of erf at c satisfy a(1) = 2/√π·exp(−c²), n·(n+1)·a(n+1) = −2c·n·a(n) − 2·(n−1)·a(n−1).
  for (int j = 0; j < 64; j++) {
    double center = (j + 0.5) / 16;
    M.mpfr_set_d(a, center, N);
    M.mpfr_erf(b, a, N);
    T.erf[j][0] = to_long_double(b);
    M.mpfr_mul(b, a, a, N);
    M.mpfr_neg(b, b, N);
    M.mpfr_exp(b, b, N);
    M.mpfr_const_pi(c, N);
    M.mpfr_sqrt(c, c, N);
    M.mpfr_div(b, b, c, N);
    M.mpfr_mul_2ui(b, b, 1, N); // a(n)
    M.mpfr_set_d(c, 0, N);      // a(n − 1), times n − 1 = 0 at first
    for (int n = 1; n < 14; n++) {
      T.erf[j][n] = to_long_double(b);
      M.mpfr_mul_d(c, c, -2.0 * (n - 1), N);
      M.mpfr_mul_d(d, b, -2.0 * center * n, N);
      M.mpfr_add(d, d, c, N);
      M.mpfr_div_ui(d, d, (unsigned long)(n * (n + 1)), N);
      M.mpfr_set4(c, b, N, MPFR_SIGN(b));
      M.mpfr_set4(b, d, N, MPFR_SIGN(d));
    }
  }
  M.mpfr_const_pi(a, N);
  M.mpfr_sqrt(a, a, N);
  M.mpfr_ui_div(a, 2, a, N);
  for (int n = 0; n < 9; n++) {
    M.mpfr_div_ui(b, a, (unsigned long)(2 * n + 1), N);
    T.erf_small[n] = to_long_double(b);
    M.mpfr_div_ui(a, a, (unsigned long)(n + 1), N);
    M.mpfr_neg(a, a, N);
  }
  M.mpfr_clear(a);
  M.mpfr_clear(b);
  M.mpfr_clear(c);
  M.mpfr_clear(d);
}

/// eˣ = 2^k·T·(1 + q) for |x| ≤ 256, with T = 2^(j/64) and q = exp(r) − 1, |r| ≤ ln 2 / 128.
///
/// n = 64k + j has at most 15 bits, so n·high is exact and so is its difference to x; with n·low it costs one roundoff of
/// r, below 2⁻⁷·u. The series to r⁷ leaves r⁸/8! < 2⁻⁷⁴. The operations on q, which is below 2⁻⁷, cost less than 8
/// roundoffs of it: q is wrong by at most 2⁻³·u absolutely, and by 9u relatively.
static inline long double exponential_parts(long double x, int *k, int *j) {
  int n = (int)(x * T.steps_per_unit + (x < 0 ? -0.5L : 0.5L));
  *k = (n + 32) >> 6;
  *j = n - *k * 64;
  long double r = (x - n * T.step_high) - n * T.step_low;
  long double tail = 1 / 720.0L + r * (1 / 5040.0L);
  tail = 1 / 120.0L + r * tail;
  tail = 1 / 24.0L + r * tail;
  tail = 1 / 6.0L + r * tail;
  tail = 0.5L + r * tail;
  return r + r * r * tail;
}

static inline long double power_of_2(int k) {
  union { double value; unsigned long long bits; } two = {.bits = (unsigned long long)(k + 1023) << 52};
  return two.value;
}

/// One table entry (u), q (u/8 of 1), a product and a sum (a roundoff each): below 4u.
static inline long double exponential(long double x) {
  int k, j;
  long double q = exponential_parts(x, &k, &j);
  long double t = T.power[j + 32];
  return (t + t * q) * power_of_2(k);
}

/// For k = 0 the sum of an exact-to-u table entry and a term of at most half its size (or q alone for j = 0, 9u); else
/// 2^k·T − 1 is above 0.29 in magnitude: below 12u.
static inline long double exponential_minus_1(long double x) {
  int k, j;
  long double q = exponential_parts(x, &k, &j);
  long double t = T.power[j + 32];
  if (k == 0) return T.power_minus_1[j + 32] + t * q;
  t *= power_of_2(k);
  return (t - 1) + t * q;
}

/// x = 2^e·m with 0.75 ≤ m < 1.5; m·scale − 1 = f is exact, |f| < 2⁻⁶·⁵; the series to f¹⁰ leaves |f|¹¹/11 < 2⁻⁷⁴.
///
/// f − f²/2 + … costs less than 3 roundoffs, since all but the first term are below 2⁻⁷ of it. Without a table entry and
/// with e = 0 (x near 1) that is all. Else the result is at least 2⁻⁷, the entry is wrong by u, and no part is more than
/// three times the result: below 12u.
static inline long double logarithm(float x) {
  int e;
  float m = frexpf(x, &e); // 0.5 ≤ m < 1
  if (m < 0.75f) {
    m *= 2;
    e -= 1;
  }
  int j = (int)(m * 128);
  long double f = (long double)m * T.scale[j] - 1;
  long double s = 1 / 9.0L - f * (1 / 10.0L);
  s = 1 / 8.0L - f * s;
  s = 1 / 7.0L - f * s;
  s = 1 / 6.0L - f * s;
  s = 1 / 5.0L - f * s;
  s = 1 / 4.0L - f * s;
  s = 1 / 3.0L - f * s;
  s = 1 / 2.0L - f * s;
  s = f - f * f * s;
  return ((s + e * T.ln2_low) + T.log_scale[j]) + e * T.ln2_high;
}

/// For x < 1/16 the series to x¹⁶ leaves less than 2⁻⁹⁰ relatively and costs less than 4 roundoffs; else Taylor's at the
/// next centre, |h| ≤ 1/32, whose terms after the first are below 2⁻⁴ of it together and whose rest is below 2⁻⁷⁰
/// (|a(14)| < 2): below 6u.
static inline long double error_function(long double x) {
  if (x < 0.0625L) {
    long double y = x * x;
    long double s = T.erf_small[8];
    for (int n = 7; n >= 0; n--) s = T.erf_small[n] + y * s;
    return x * s;
  }
  int j = (int)(x * 16);
  long double h = x - (j + 0.5L) / 16;
  const long double *a = T.erf[j];
  long double s = a[13];
  for (int n = 12; n >= 1; n--) s = a[n] + h * s;
  return a[0] + h * s;
}

static int proven(enum oracle_function f, float x, long double *t) {
  if (!isfinite(x)) return 0;
  long double size = fabsf(x);
  switch (f) {
    case oracle_exponential:
      if (size > 120) return 0;
      *t = exponential(x);
      return 1;
    case oracle_sigmoid:
      if (size > 120) return 0;
      // A sum and a quotient after exp: below 6u.
      *t = 1 / (1 + exponential(-(long double)x));
      return 1;
    case oracle_logarithm:
      if (x <= 0) return 0;
      *t = logarithm(x);
      return 1;
    case oracle_tanh:
      if (size > 20) return 0;
      // 2 + m lies above 1 with m's error of 12u at most as large again as its own: below 15u together.
      *t = exponential_minus_1(-2 * size);
      *t = -*t / (2 + *t);
      if (signbit(x)) *t = -*t;
      return 1;
    case oracle_erf:
      if (size >= 4) return 0;
      *t = error_function(size);
      if (signbit(x)) *t = -*t;
      return 1;
    default:
      return 0;
  }
}

/// What needs no evaluation: NaN, constants beyond the ranges above, and small arguments.
///
/// For |x| ≤ 2⁻²⁶ exp(x) differs from 1 by less than 2⁻²⁵·⁹, which is less than half the distance to either neighbour of 1;
/// sigmoid(x) differs from ½ by less than 2⁻²⁷, the nearest border is 2⁻²⁶ away. For |x| ≤ 2⁻¹³ tanh(x) lies between x
/// and x − x³/3, and x³/3 ≤ 2⁻²⁷·⁵·|x| is less than a quarter of the distance to the next float towards zero.
static int obvious(enum oracle_function f, float x, float *y) {
  float size = fabsf(x);
  if (f == oracle_exponential && size <= 0x1p-26f) *y = 1;
  else if (f == oracle_sigmoid && size <= 0x1p-26f) *y = 0.5f;
  else if (f == oracle_tanh && size <= 0x1p-13f) *y = x;
  else if (isnan(x) || (f == oracle_logarithm && x < 0)) *y = NAN;
  else if (f == oracle_logarithm && x == 0) *y = -INFINITY;
  else if (f == oracle_logarithm && isinf(x)) *y = INFINITY;
  else if (f == oracle_exponential && fabsf(x) > 120) *y = x > 0 ? INFINITY : 0;
  else if (f == oracle_sigmoid && fabsf(x) > 120) *y = x > 0 ? 1 : 0;
  else if (f == oracle_tanh && fabsf(x) > 20) *y = copysignf(1, x);
  else if (f == oracle_erf && fabsf(x) >= 4) *y = copysignf(1, x);
  else return 0;
  return 1;
}

static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

long oracle_floats_proven(enum oracle_function f, float *y, const float *x, long count) {
  pthread_once(&tables_once, make_tables);
  long undecided = 0;
  for (long i = 0; i < count; i++) {
    long double t;
    if (obvious(f, x[i], y + i)) continue;
    if (proven(f, x[i], &t)) {
      long double room = t * MARGIN;
      float low = (float)(t - room);
      float high = (float)(t + room);
      if (low == high) {
        y[i] = t == 0 ? copysignf(0, x[i]) : low;
        continue;
      }
    }
    oracle_floats(f, y + i, x + i, 1);
    undecided += 1;
  }
  return undecided;
}

double oracle_proven_error(enum oracle_function f, const float *x, long count) {
  pthread_once(&tables_once, make_tables);
  mpfr_t r, t, a, b;
  M.mpfr_init2(r, BITS);
  M.mpfr_init2(t, BITS);
  M.mpfr_init2(a, BITS);
  M.mpfr_init2(b, BITS);
  double worst = 0;
  for (long i = 0; i < count; i++) {
    long double ours;
    float ignored;
    if (obvious(f, x[i], &ignored) || !proven(f, x[i], &ours)) continue;
    evaluate(f, r, x[i], t, a, b);
    double high = (double)ours;
    M.mpfr_sub_d(a, r, high, N);
    M.mpfr_sub_d(a, a, (double)(ours - high), N);
    if (M.mpfr_get_d(r, N) == 0) continue;
    M.mpfr_div(a, a, r, N);
    double error = fabs(M.mpfr_get_d(a, N));
    if (!(error <= worst)) worst = error;
  }
  M.mpfr_clear(r);
  M.mpfr_clear(t);
  M.mpfr_clear(a);
  M.mpfr_clear(b);
  return worst;
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

long oracle_floats_proven(enum oracle_function f, float *y, const float *x, long count) {
  oracle_floats(f, y, x, count);
  return count;
}

double oracle_proven_error(enum oracle_function f, const float *x, long count) {
  (void)f, (void)x, (void)count;
  return NAN;
}

void oracle_double_pairs(
    enum oracle_double_function f, double *high, double *low, const double *x, long count) {
  (void)f, (void)x;
  for (long i = 0; i < count; i++) high[i] = low[i] = NAN;
}

#endif
