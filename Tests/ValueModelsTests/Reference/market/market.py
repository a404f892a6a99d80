"""Size, concentration and growth of sales.csv by plain sums; run with Python 3 in this folder.

Writes market.csv: a row a period, the part 'all' being the whole market; 'Others' is no player of its own.
"""
import csv
from collections import defaultdict
from fractions import Fraction

rows = list(csv.DictReader(open("sales.csv")))
with open("market.csv", "w", newline="") as file:
    out = csv.writer(file)
    out.writerow(["part", "period", "size", "growth", "cagr", "hhi", "cr4", "numbers_equivalent"])
    for part in ["all", "Small businesses", "Fleets"]:
        sizes = {}
        for period in sorted({row["period"] for row in rows}):
            sold = defaultdict(Fraction)
            for row in rows:
                if row["period"] == period and part in ("all", row["segment"]):
                    sold[row["player"]] += Fraction(row["value"])
            size = sizes[period] = sum(sold.values())
            shares = sorted((value / size for name, value in sold.items() if name != "Others"), reverse=True)
            squares = sum(share * share for share in shares)
            before = sizes.get(str(int(period) - 1))
            years = int(period) - int(min(sizes))
            cagr = float(size / sizes[min(sizes)]) ** (1 / years) - 1 if years else ""
            out.writerow([
                part, period, float(size), float(size / before - 1) if before else "", cagr, float(squares * 10000),
                float(sum(shares[:4])), float(1 / squares),
            ])
