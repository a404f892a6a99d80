"""Weighted scores, and how far they can move when every weight may be half or one and a half of itself.

Run with Python 3 in this folder. The least and the greatest weighted mean lie at a corner of the box of weights, so all
corners are tried. Reads scores.csv, writes targeting.csv.
"""
import csv
from fractions import Fraction
from itertools import product

rows = list(csv.DictReader(open("scores.csv")))
with open("targeting.csv", "w", newline="") as file:
    out = csv.writer(file)
    out.writerow(["segment", "side", "score", "least", "greatest"])
    for segment in dict.fromkeys(row["segment"] for row in rows):
        for side in ["attractiveness", "strength"]:
            mine = [
                (Fraction(row["weight"]), Fraction(row["score"]))
                for row in rows if row["segment"] == segment and row["side"] == side
            ]
            def mean(factors):
                return sum(f * w * s for f, (w, s) in zip(factors, mine)) / sum(f * w for f, (w, _) in zip(factors, mine))
            corners = [mean(f) for f in product([Fraction(1, 2), Fraction(3, 2)], repeat=len(mine))]
            out.writerow([segment, side, float(mean([1] * len(mine))), float(min(corners)), float(max(corners))])
