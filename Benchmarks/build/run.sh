#!/usr/bin/env bash
# CPU seconds of whole builds, each beside a yardstick that does not change with the program: SHA-256 over 256 MB.
#   Benchmarks/build/run.sh [STUDY ...]      default: the example study; build the program first with `make build` or `make site`
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${VALUEMAP:-.build/release/valuemap}
[ -x "$program" ] || { echo "no release build at $program: run 'make site' first" >&2; exit 2; }
program=$(readlink -f "$program")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Median of five: user + system seconds of a command.
cpu() {
  for _ in 1 2 3 4 5; do
    "${prepare[@]}" >/dev/null 2>&1
    { TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1; } 2>&1 | tail -n 1 | awk '{print $1 + $2}'
  done | sort -n | sed -n 3p
}
row() { awk -v n="$1" -v s="$2" -v y="$yard" 'BEGIN {printf "%-42s %8.3f s  %7.3f yardsticks\n", n, s, s / y}'; }

prepare=(true)
yard=$(cpu sh -c 'head -c 268435456 /dev/zero | sha256sum')
row "yardstick: SHA-256 of 256 MB" "$yard"
row "valuemap --help" "$(cpu "$program" --help)"
for study in "${@:-.}"; do
  name=$(basename "$(readlink -f "$study")")
  cp -rL "$study" "$work/$name.study" 2>/dev/null || true
  chmod -R u+w "$work/$name.study"
  rm -rf "$work/$name.study/.build" "$work/$name.study/public"
  prepare=(rm -rf "$work/$name.study/.valuemap" "$work/$name.site")
  row "$name: cold build" "$(cpu "$program" build -s "$work/$name.study" -o "$work/$name.site")"
  prepare=(true)
  "$program" build -s "$work/$name.study" -o "$work/$name.site" 2>/dev/null
  row "$name: unchanged rebuild" "$(cpu "$program" build -s "$work/$name.study" -o "$work/$name.site")"
done
