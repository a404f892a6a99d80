"""python make.py: distributions and tests by scipy, beside this script."""
import json
import numpy as np
import scipy
from scipy import spatial
from scipy import stats as s

rows = []


def add(name, parameters, x, values):
    rows.append([name, parameters, x, [float(v) for v in values]])


def both(name, parameters, d, xs, ps):
    for x in xs:
        add(name, parameters, x, [d.cdf(x), d.sf(x)])
    for p in ps:
        add(name + ".quantile", parameters, p, [d.ppf(p)])


ps = [1e-10, .001, .025, .3, .5, .9, .999]
both("normal", [], s.norm(), [-38, -8, -1.96, 0, .3, 5, 30], ps)
for df in [1, 2.5, 30, 1e6]:
    both("t", [df], s.t(df), [-40, -2, 0, .7, 9], ps)
for df in [1, 4, 60.5, 4000]:
    both("chi2", [df], s.chi2(df), [0, .01, 3, 50, 800], ps)
for a, b in [(1, 1), (3, 40), (250, 12.5)]:
    both("f", [a, b], s.f(a, b), [0, .05, 1, 4, 60], ps)
for a, b in [(.5, .5), (2, 3), (400, 30)]:
    both("beta", [a, b], s.beta(a, b), [0, .01, .5, .93, 1], ps)
for n, p in [(1, .3), (20, .05), (5000, .41)]:
    d = s.binom(n, p)
    for k in sorted({0, 1, n // 3, n // 2, n}):
        add("binomial", [n, p], k, [d.pmf(k), d.cdf(k), d.sf(k)])
for big, marked, draws in [(10, 4, 3), (100, 30, 40), (1811, 297, 400), (100000, 5300, 20000), (50, 50, 10), (7, 0, 3)]:
    d = s.hypergeom(big, marked, draws)
    low, high = max(0, draws - (big - marked)), min(draws, marked)
    mean = draws * marked // big
    for k in sorted({low, (low + mean) // 2, mean - 1, mean, mean + 1, (mean + high) // 2, high} & set(range(low, high + 1))):
        add("hypergeometric", [big, marked, draws], k, [d.pmf(k), d.cdf(k), d.sf(k)])

generator = np.random.default_rng(8)
a, b, c = (generator.normal(m, sd, n).round(3) for m, sd, n in [(0, 1, 12), (.6, 2, 30), (1, 1.5, 9)])
table = generator.integers(1, 30, (4, 3))
welch, anova = s.ttest_ind(a, b, equal_var=False), s.f_oneway(a, b, c)
target, moved = generator.normal(0, 1, (7, 3)).round(3), generator.normal(0, 1, (7, 3)).round(3)
chi = s.chi2_contingency(table, correction=False)
interval = s.t.interval(.95, 11, a.mean(), s.sem(a))
wilson = s.binomtest(7, 40).proportion_ci(.9, "wilson")
json.dump({
    "source": f"scipy {scipy.__version__}, numpy {np.__version__}", "distributions": rows,
    "groups": [list(a), list(b), list(c)], "welch": [welch.statistic, welch.df, welch.pvalue],
    "anova": [anova.statistic, anova.pvalue], "table": table.tolist(),
    "chi2": [chi.statistic, chi.dof, chi.pvalue, s.contingency.association(table, "cramer"), chi.expected_freq.min()],
    "target": target.tolist(), "moved": moved.tolist(), "disparity": spatial.procrustes(target, moved)[2],
    "mean_interval": list(interval), "wilson_7_of_40_at_90": [wilson.low, wilson.high],
}, open("distributions.expected.json", "w"), default=float)
