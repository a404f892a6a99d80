"""python make.py: correspondence analysis of the smoking table by prince, beside this script."""
import json
import pandas as pd
import prince

table = pd.read_csv("../ca/smoke.csv", index_col=0)
fit = prince.CA(n_components=3, engine="scipy").fit(table)
json.dump({
    "source": f"prince {prince.__version__ if hasattr(prince, '__version__') else '0.23.0'}",
    "eigenvalues": list(map(float, fit.eigenvalues_)),
    "rows": fit.row_coordinates(table).values.tolist(),
    "columns": fit.column_coordinates(table).values.tolist(),
    "row_contributions": (100 * fit.row_contributions_).values.tolist(),
    "row_cos2": fit.row_cosine_similarities(table).values.tolist(),
}, open("smoke.expected.json", "w"), indent=1)
