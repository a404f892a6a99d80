#include "CBoostMath.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <limits>

namespace {

namespace bm = boost::math;

// Errors go to errno and come back as NaN or infinity. Without promotion to long double the results are the same on
// every processor and faster; discrete quantiles are the smallest integer whose cdf reaches the probability.
using Quiet = bm::policies::policy<
    bm::policies::domain_error<bm::policies::errno_on_error>,
    bm::policies::pole_error<bm::policies::errno_on_error>,
    bm::policies::overflow_error<bm::policies::errno_on_error>,
    bm::policies::evaluation_error<bm::policies::errno_on_error>,
    bm::policies::rounding_error<bm::policies::errno_on_error>,
    bm::policies::indeterminate_result_error<bm::policies::errno_on_error>,
    bm::policies::promote_double<false>,
    bm::policies::discrete_quantile<bm::policies::integer_round_up>>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// No C++ exception may cross into Swift.
template <typename Body>
double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return nan;
  }
}

}  // namespace

#define DISTRIBUTION(name, construct, parameters, ...)                                                           \
  double cboost_##name##_cdf(double x parameters) {                                                              \
    return guarded([&] { return bm::cdf(construct(__VA_ARGS__), x); });                                          \
  }                                                                                                              \
  double cboost_##name##_sf(double x parameters) {                                                               \
    return guarded([&] { return bm::cdf(bm::complement(construct(__VA_ARGS__), x)); });                          \
  }                                                                                                              \
  double cboost_##name##_quantile(double p parameters) {                                                         \
    return guarded([&] { return bm::quantile(construct(__VA_ARGS__), p); });                                     \
  }                                                                                                              \
  double cboost_##name##_isf(double p parameters) {                                                              \
    return guarded([&] { return bm::quantile(bm::complement(construct(__VA_ARGS__), p)); });                     \
  }

#define NONE
#define ONE , double df
#define TWO , double a, double b

using Normal = bm::normal_distribution<double, Quiet>;
using StudentT = bm::students_t_distribution<double, Quiet>;
using ChiSquared = bm::chi_squared_distribution<double, Quiet>;
using FisherF = bm::fisher_f_distribution<double, Quiet>;
using Beta = bm::beta_distribution<double, Quiet>;
using Binomial = bm::binomial_distribution<double, Quiet>;

extern "C" {

DISTRIBUTION(normal, Normal, NONE, 0.0, 1.0)
DISTRIBUTION(student_t, StudentT, ONE, df)
DISTRIBUTION(chi_squared, ChiSquared, ONE, df)
DISTRIBUTION(fisher_f, FisherF, TWO, a, b)
DISTRIBUTION(beta, Beta, TWO, a, b)

double cboost_binomial_pmf(double k, double trials, double p) {
  return guarded([&] { return bm::pdf(Binomial(trials, p), k); });
}
double cboost_binomial_cdf(double k, double trials, double p) {
  return guarded([&] { return bm::cdf(Binomial(trials, p), k); });
}
double cboost_binomial_sf(double k, double trials, double p) {
  return guarded([&] { return bm::cdf(bm::complement(Binomial(trials, p), k)); });
}
double cboost_binomial_quantile(double q, double trials, double p) {
  return guarded([&] { return bm::quantile(Binomial(trials, p), q); });
}

double cboost_log_gamma(double x) {
  return guarded([&] { return bm::lgamma(x, Quiet()); });
}

}  // extern "C"
