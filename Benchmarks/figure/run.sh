#!/usr/bin/env bash
# CPU milliseconds of a map of 25 brands and 15 attributes, names placed, as PNG at 2× and SVG, warm; ours and others'.
# PYTHON names an interpreter with matplotlib and adjustText; R needs ggplot2 and ggrepel.
set -euo pipefail
cd "$(dirname "$0")"
brands=${1:-25}
attributes=${2:-15}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
swift build -c release --scratch-path "${SCRATCH:-.build}" 2>&1 | grep -E 'error' || true
program="${SCRATCH:-.build}/release/figure-benchmark"
"$program" points "$brands" "$attributes" >"$work/points.csv"
line=$("$program" draw "$brands" "$attributes")
ours=${line##* }
echo "ours: $line ms"
row() { awk -v n="$1" -v o="$ours" -v t="$2" 'BEGIN {printf "%s: %d ms, %.0f times ours\n", n, t, t / o}'; }
row "matplotlib + adjustText" "$("${PYTHON:-python3}" matplotlib-map.py "$work/points.csv")"
row "ggplot2 + ggrepel" "$(Rscript ggplot-map.R "$work/points.csv")"
