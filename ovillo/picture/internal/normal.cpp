#include "ovillo/picture/internal/normal.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ovillo/picture/internal/random.hpp"

namespace ovillo::picture::internal {

namespace {

template <std::size_t N>
double polynomial(const std::array<double, N>& c, double x) {
  double sum = 0;
  for (std::size_t i = N; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

constexpr std::array<double, 8> kA = {
    3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727};
constexpr std::array<double, 8> kB = {1.0,
                                      42.313330701600911252,
                                      687.18700749205790830,
                                      5394.1960214247511077,
                                      21213.794301586595867,
                                      39307.895800092710610,
                                      28729.085735721942674,
                                      5226.4952788528545610};
constexpr std::array<double, 8> kC = {1.42343711074968357734,   4.63033784615654529590,
                                      5.76949722146069140550,   3.64784832476320460504,
                                      1.27045825245236838258,   0.241780725177450611770,
                                      0.0227238449892691845833, 7.74545014278341407640e-4};
constexpr std::array<double, 8> kD = {1.0,
                                      2.05319162663775882187,
                                      1.67638483018380384940,
                                      0.689767334985100004550,
                                      0.148103976427480074590,
                                      0.0151986665636164571966,
                                      5.47593808499534494600e-4,
                                      1.05075007164441684324e-9};
constexpr std::array<double, 8> kE = {6.65790464350110377720,    5.46378491116411436990,
                                      1.78482653991729133580,    0.296560571828504891230,
                                      0.0265321895265761230930,  0.00124266094738807843860,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> kF = {1.0,
                                      0.599832206555887937690,
                                      0.136929880922735805310,
                                      0.0148753612908506148525,
                                      7.86869131145613259100e-4,
                                      1.84631831751005468180e-5,
                                      1.42151175831644588870e-7,
                                      2.04426310338993978564e-15};

}  // namespace

double normal_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kA, r) / polynomial(kB, r);
  }
  double r = std::sqrt(-std::log(std::min(p, 1 - p)));
  double value = 0;
  if (r <= 5) {
    r -= 1.6;
    value = polynomial(kC, r) / polynomial(kD, r);
  } else {
    r -= 5;
    value = polynomial(kE, r) / polynomial(kF, r);
  }
  return q < 0 ? -value : value;
}

double poisson_tail(double x, double mean) {
  if (!(mean > 0)) return x > 0 ? 0 : 1;
  const double at_x = std::exp(x * std::log(mean) - mean - log_factorial(x));
  // Away from the mean the terms fall; the other tail is one less this and not smaller.
  double sum = at_x;
  double term = at_x;
  if (x <= mean) {
    for (double k = x; k > 0 && term > sum * 1e-17; --k) {
      term *= k / mean;
      sum += term;
    }
    return std::min(sum, 1 - sum + at_x);
  }
  for (double k = x + 1; term > sum * 1e-17; ++k) {
    term *= mean / k;
    sum += term;
  }
  return std::min(sum, 1 - sum + at_x);
}

}  // namespace ovillo::picture::internal
