"""k-prototypes by kmodes: the least cost of many starts.

Writes mixed.csv (invented: 300 people, 3 numbers, 3 categories) and mixed.expected.json; given the telephone customers'
file, telco.expected.json from its first 800 rows with total_charges.
"""
import json, sys
import kmodes, numpy as np, pandas as pd
from kmodes.kprototypes import KPrototypes


def sample():
    draw = np.random.default_rng(5)
    kind = draw.choice(4, 300, p=[0.4, 0.3, 0.2, 0.1])
    table = {}
    for j in range(3):
        table[f"x{j + 1}"] = np.round(draw.normal(0, 2, 4)[kind] + draw.normal(0, 1, 300), 3)
    for q, count in enumerate([2, 3, 5]):
        shares = draw.dirichlet(np.ones(count) * 0.7, 4)
        answer = (draw.random(300)[:, None] > shares[kind].cumsum(1)).sum(1).clip(0, count - 1)
        table[f"c{q + 1}"] = answer
    return pd.DataFrame(table)


def fit(frame, numbers, clusters, starts, gamma):
    columns = [i for i, name in enumerate(frame.columns) if name not in numbers]
    best = None
    for init in ("random", "Huang"):
        model = KPrototypes(n_clusters=clusters, n_init=starts, init=init, gamma=gamma, random_state=1, max_iter=200)
        model.fit(frame.to_numpy(dtype=object), categorical=columns)
        if best is None or model.cost_ < best.cost_:
            best = model
    sizes = sorted(np.bincount(best.labels_).tolist(), reverse=True)
    return dict(clusters=clusters, gamma=gamma, cost=float(best.cost_), sizes=sizes)


def write(name, models):
    versions = dict(kmodes=kmodes.__version__ if hasattr(kmodes, "__version__") else "0.12.2", numpy=np.__version__)
    with open(name, "w") as file:
        json.dump(dict(versions=versions, models=models), file, indent=1)


if len(sys.argv) > 1:
    frame = pd.read_csv(sys.argv[1]).dropna().head(800).drop(columns="customer_id")
    numbers = ["tenure", "monthly_charges", "total_charges"]
    frame[numbers] = (frame[numbers] - frame[numbers].mean()) / frame[numbers].std()
    write("telco.expected.json", [fit(frame, numbers, k, 6, 0.5) for k in (3, 5)])
else:
    frame = sample()
    frame.to_csv("mixed.csv", index=False)
    numbers = ["x1", "x2", "x3"]
    write("mixed.expected.json", [fit(frame, numbers, k, 60, g) for k in (2, 3, 4, 5) for g in (0.5, 2.0)])
