"""Qini coefficients (scikit-uplift) and Newcombe's interval of a difference (statsmodels) on mail.csv."""
import csv, json
import numpy, sklift, statsmodels
from sklift.metrics import qini_auc_score, qini_curve
from statsmodels.stats.proportion import confint_proportions_2indep

rows = list(csv.DictReader(open("mail.csv")))
y = numpy.array([int(r["responded"]) for r in rows])
t = numpy.array([int(r["treated"]) for r in rows])
age = numpy.array([float(r["age"]) for r in rows])
x, q = qini_curve(y, -age, t)
low, high = confint_proportions_2indep(
    int(y[t == 1].sum()), int((t == 1).sum()), int(y[t == 0].sum()), int((t == 0).sum()), method="newcomb")
json.dump({
    "versions": {"scikit-uplift": sklift.__version__, "statsmodels": statsmodels.__version__, "numpy": numpy.__version__},
    "young_first": float(qini_auc_score(y, -age, t)), "old_first": float(qini_auc_score(y, age, t)),
    "curve": {"rows": [int(v) for v in x], "gain": [float(v) for v in q]},
    "difference": {"lower": float(low), "upper": float(high)},
}, open("qini.expected.json", "w"), indent=1)
