// Distribution functions of Boost.Math behind plain C names.
//
// Each function returns NaN for arguments outside its domain; none throws, none sets a signal. `_sf` is the upper
// tail, computed directly and not as 1 − cdf. Quantiles take the lower-tail probability, `_isf` the upper-tail one.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

double cboost_normal_cdf(double x);
double cboost_normal_sf(double x);
double cboost_normal_quantile(double p);
double cboost_normal_isf(double p);

double cboost_student_t_cdf(double x, double df);
double cboost_student_t_sf(double x, double df);
double cboost_student_t_quantile(double p, double df);
double cboost_student_t_isf(double p, double df);

double cboost_chi_squared_cdf(double x, double df);
double cboost_chi_squared_sf(double x, double df);
double cboost_chi_squared_quantile(double p, double df);
double cboost_chi_squared_isf(double p, double df);

double cboost_fisher_f_cdf(double x, double df1, double df2);
double cboost_fisher_f_sf(double x, double df1, double df2);
double cboost_fisher_f_quantile(double p, double df1, double df2);
double cboost_fisher_f_isf(double p, double df1, double df2);

double cboost_beta_cdf(double x, double a, double b);
double cboost_beta_sf(double x, double a, double b);
double cboost_beta_quantile(double p, double a, double b);
double cboost_beta_isf(double p, double a, double b);

double cboost_binomial_pmf(double k, double trials, double p);
double cboost_binomial_cdf(double k, double trials, double p);
double cboost_binomial_sf(double k, double trials, double p);
double cboost_binomial_quantile(double q, double trials, double p);

double cboost_log_gamma(double x);

#ifdef __cplusplus
}
#endif
