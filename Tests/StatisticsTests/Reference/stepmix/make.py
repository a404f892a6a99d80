"""Latent classes by StepMix: the best of many random starts, and what follows from the likelihood.

Writes answers.csv (invented answers of 400 people: 8 questions of 2 to 4 answers, some missing, case weights),
classes.expected.json from it, and, where the data are given as an argument, scotch.expected.json.
"""
import json, sys, warnings
import numpy as np, pandas as pd, stepmix
from stepmix.stepmix import StepMix

warnings.filterwarnings("ignore")
SETTINGS = dict(n_steps=1, max_iter=20000, abs_tol=1e-10, rel_tol=0, progress_bar=0)


def sample():
    draw = np.random.default_rng(11)
    levels = [2, 3, 4, 2, 3, 4, 2, 3]
    kind = draw.choice(3, 400, p=[0.5, 0.3, 0.2])
    table = {}
    for q, count in enumerate(levels):
        shares = draw.dirichlet(np.ones(count), 3)
        answer = (draw.random(400)[:, None] > shares[kind].cumsum(1)).sum(1).clip(0, count - 1).astype(float)
        answer[draw.random(400) < 0.06] = np.nan
        table[f"q{q + 1}"] = answer
    frame = pd.DataFrame(table)
    frame["weight"] = draw.choice([0.5, 1.0, 1.5, 2.0], 400)
    return frame


def fit(answers, classes, starts, measurement, weights=None):
    n = len(answers)
    if weights is not None:
        weights = weights * n / weights.sum()
    model = StepMix(n_components=classes, measurement=measurement, n_init=starts, random_state=1, **SETTINGS)
    model.fit(answers, sample_weight=weights)
    log_likelihood = n * model.score(answers, sample_weight=weights)
    posterior = model.predict_proba(answers)
    order = np.argsort(-model.weights_)
    result = dict(classes=classes, log_likelihood=log_likelihood, shares=list(model.weights_[order]))
    if weights is None:
        doubt = -np.sum(np.where(posterior > 0, posterior * np.log(np.clip(posterior, 1e-300, 1)), 0))
        modal = np.bincount(posterior.argmax(1), minlength=classes) / n
        result |= dict(aic=model.aic(answers), bic=model.bic(answers), caic=model.caic(answers),
                       sabic=model.sabic(answers), parameters=int(model.n_parameters), modal=sorted(modal, reverse=True),
                       entropy=1 - doubt / (n * np.log(classes)))
    return result


def write(name, models):
    versions = dict(stepmix=stepmix.__version__, numpy=np.__version__)
    with open(name, "w") as file:
        json.dump(dict(versions=versions, models=models), file, indent=1)


if len(sys.argv) > 1:
    scotch = pd.read_csv(sys.argv[1]).drop(columns="respondent")
    write("scotch.expected.json", [fit(scotch, k, 60, "binary") for k in range(2, 7)])
else:
    frame = sample()
    frame.to_csv("answers.csv", index=False, float_format="%g")
    answers = frame.drop(columns="weight")
    plain = [fit(answers, k, 60, "categorical_nan") for k in (2, 3, 4)]
    weighted = [fit(answers, k, 60, "categorical_nan", frame["weight"].to_numpy()) for k in (2, 3)]
    write("classes.expected.json", dict(plain=plain, weighted=weighted))
