#!/usr/bin/env bash
# Total displacement of names, overlaps and time, ours against ggrepel's, on the same boxes.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
swift build -c release --scratch-path "${SCRATCH:-.build}" >/dev/null
program="${SCRATCH:-.build}/release/label-benchmark"
"$program" boxes >"$work/boxes.csv"
"$program" place >"$work/ours.csv"
Rscript ggrepel.R "$work/boxes.csv" "$work/ours.csv"
