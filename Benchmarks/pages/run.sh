#!/usr/bin/env bash
# Sites of many pages: a full build beside Hugo on the same pages, and builds after one change beside the full one.
#   Benchmarks/pages/run.sh [COUNT]      default: 10,000; build the program first with `make site`
# CPU seconds (user and system) and peak memory, medians of three. Hugo is left out where it is not installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(readlink -f "${VALUEMAP:-.build/release/valuemap}")
[ -x "$program" ] || { echo "no release build at $program: run 'make site' first" >&2; exit 2; }
count=${1:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 Benchmarks/pages/generate.py "$count" "$work"
cd "$work"

# measure NAME PREPARE COMMAND...: the median CPU seconds and KB of three runs, each after PREPARE.
measure() {
  local name=$1 prepare=$2
  shift 2
  for _ in 1 2 3; do
    eval "$prepare"
    /usr/bin/time -f "%U %S %M" -o time.txt "$@" >/dev/null 2>log.txt || { cat log.txt >&2; exit 1; }
    awk '{print $1 + $2, $3}' time.txt
  done | sort -n | sed -n 2p > median.txt
  read -r seconds memory < median.txt
  [ -n "${full:-}" ] || full=$seconds
  awk -v n="$name" -v s="$seconds" -v m="$memory" -v f="$full" \
    'BEGIN {printf "%-44s %8.2f s CPU %8.0f MB  1/%.1f of a full build\n", n, s, m / 1024, f / s}'
}
build=("$program" build -s study -o out)
settle='sleep 0.1'
measure "valuemap, $count pages" 'rm -rf out study/.valuemap' "${build[@]}"
measure "nothing changed" "$settle" "${build[@]}"
measure "the text of one page changed" \
  'echo "A sentence more: $RANDOM." >> study/content/part-000/report-00042.md; '"$settle" "${build[@]}"
measure "the title of one page changed" \
  'sed -i "s/^title: .*/title: Anew $RANDOM/" study/content/part-000/report-00043.md; '"$settle" "${build[@]}"
measure "one cell changed" 'sed -i "2s/,[0-9]*$/,$((RANDOM % 90 + 10))/" study/content/data/counts.csv; '"$settle" "${build[@]}"
measure "a setting of one analysis changed" \
  'sed -i "s/bootstrap: [0-9]*/bootstrap: $((RANDOM % 50 + 20))/" study/valuemap.yaml; '"$settle" "${build[@]}"
if command -v hugo >/dev/null; then
  measure "Hugo ($(hugo version | cut -d' ' -f2 | cut -d- -f1)), $count pages" 'rm -rf hugo-out hugo/resources' \
    hugo --quiet -s hugo -d "$work/hugo-out"
fi
