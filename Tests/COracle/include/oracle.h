#ifndef ORACLE_H
#define ORACLE_H

/// Functions of one float that the oracle can evaluate.
enum oracle_function {
  oracle_exponential,
  oracle_logarithm,
  oracle_tanh,
  oracle_sigmoid,
  oracle_erf,
  oracle_gelu,
  oracle_gelu_slope,
  oracle_gelu_by_tanh,
  oracle_gelu_by_tanh_slope,
  oracle_silu,
  oracle_silu_slope,
  oracle_softplus,
  oracle_mish,
  oracle_mish_slope,
  oracle_expm1,
};

/// Functions of one double that the oracle can evaluate.
enum oracle_double_function {
  oracle_double_exp,
  oracle_double_log,
  oracle_double_cosine_of_turns,
  oracle_double_sine_of_turns,
};

/// Whether GNU MPFR was there when this was compiled and is there now.
int oracle_is_available(void);

/// y[i] = f(x[i]) rounded to the nearest float, from 160 bits.
void oracle_floats(enum oracle_function f, float *y, const float *x, long count);

/// y[i] = f(x[i]) rounded to the nearest double, from 160 bits.
void oracle_doubles(enum oracle_function f, double *y, const float *x, long count);

/// The same as `oracle_floats` for the first five functions, fast: from long double with a proven bound on the error, and
/// from MPFR where that bound leaves the rounding open.
///
/// Returns how many values MPFR had to decide.
long oracle_floats_proven(enum oracle_function f, float *y, const float *x, long count);

/// The largest relative error of the long doubles of `oracle_floats_proven`, which must be below 2⁻⁶⁰, over x.
double oracle_proven_error(enum oracle_function f, const float *x, long count);

/// high[i] + low[i] = f(x[i]), to about 106 bits.
void oracle_double_pairs(
    enum oracle_double_function f, double *high, double *low, const double *x, long count);

/// The number of places where the bits differ, all NaN being the same, and the first such place.
///
/// Here and not in Swift, because tests are compiled without optimization.
long oracle_differences(const float *a, const float *b, long count, long *first);

/// The largest |y − exact| in units of the last place of the float nearest to `exact`, or of `unit` where that is larger.
///
/// An overflow to the right infinity counts as no error; a NaN counts as an infinite one.
double oracle_worst_error(const float *y, const double *exact, double unit, long count, long *place);

/// Fills x with floats: the even ones with random bits, the odd ones evenly between low and high. Vigna's SplitMix64.
void oracle_random_floats(float *x, long count, float low, float high, unsigned long long seed);

#endif
