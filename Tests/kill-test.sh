#!/usr/bin/env bash
# Kills the program at random moments while it builds over a site that is there. After each kill the site is the old or the new one,
# whole, byte for byte; the next build sweeps what lies about. Then: writes that fail, and four builds at once.
#   Tests/kill-test.sh [PROGRAM] [TRIALS]
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-$(swift build --show-bin-path)/valuemap}
trials=${2:-30}
pages=${PAGES:-150}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "kill test: $*" >&2; exit 1; }
# All names, kinds and contents below a folder as one sum.
state() { (cd "$1" && find . -printf '%p %y\n' | sort; cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum; }

# Two versions of one study: every page differs, and so do the data.
for version in old new; do
  mkdir -p "$work/$version/content/data" "$work/$version/content/notes"
  cat >"$work/$version/valuemap.yaml" <<YAML
title: Four brands, $version
data: {brands: data/brands.csv}
analyses:
  brand-map: {type: perceptual-map, data: brands}
YAML
  last=$([ $version = old ] && echo 22 || echo 44)
  printf 'brand,light,fast,cheap\nAero,10,20,30\nBolt,20,5,12\nCirrus,7,18,9\nDune,15,11,%s\n' "$last" >"$work/$version/content/data/brands.csv"
  for number in $(seq "$pages"); do
    printf -- '---\ntitle: Note %s\n---\n%s: {{brand-map.brands}} brands.\n\n![](figure:brand-map)\n' "$number" "$version" \
      >"$work/$version/content/notes/$version-$number.md"
  done
done

site=$work/site
build() { "$program" build -s "$work/$1" -o "$site" >/dev/null 2>"$work/log"; }
mkdir "$site" && echo mine >"$site/CNAME"
build new || fail "the study does not build: $(cat "$work/log")"
new=$(state "$site")
build old || fail "the study does not build: $(cat "$work/log")"
old=$(state "$site")
# How long a build takes that finds its results remembered: kills fall into its writing, too.
build new
start=$(date +%s%N)
build old
span=$((($(date +%s%N) - start) / 1000000))
[ "$old" != "$new" ] || fail "the two sites are one"

killed=0 olds=0 news=0 left=0
for trial in $(seq "$trials"); do
  build old || fail "the build after a kill fails: $(cat "$work/log")"
  [ "$(state "$site")" = "$old" ] || fail "trial $trial: the next build did not restore the site"
  [ -z "$(find "$work" -maxdepth 1 -name '.*stage*')" ] || fail "trial $trial: a stage is left after the next build"
  # Away with the remembered results at times, so that computing and drawing are hit as well.
  if [ $((trial % 5)) = 0 ]; then rm -rf "$work/new/.valuemap"; fi
  "$program" build -s "$work/new" -o "$site" >/dev/null 2>&1 &
  pid=$!
  pause=$((RANDOM * RANDOM % (span * 11 / 10 + 1)))
  # Every other kill falls into the second half, where files are written.
  if [ $((trial % 2)) = 0 ]; then pause=$((span / 2 + pause / 2)); fi
  sleep "$((pause / 1000)).$(printf %03d $((pause % 1000)))"
  if kill -9 "$pid" 2>/dev/null; then killed=$((killed + 1)); fi
  wait "$pid" 2>/dev/null || true
  case "$(state "$site")" in
    "$old") olds=$((olds + 1)) ;;
    "$new") news=$((news + 1)) ;;
    *) fail "trial $trial: after $pause ms the site is neither the old nor the new one" ;;
  esac
  if [ -n "$(find "$work" -maxdepth 1 -name '.*stage*')" ]; then left=$((left + 1)); fi
done
echo "kill test: $trials trials, $killed killed in time: $olds old, $news new, none mixed; $left stages left and swept"

# Files that cannot be written past a size: the program says so, leaves the site alone and nothing behind.
build old
for size in 0 1 4 16; do
  rm -rf "$work/new/.valuemap"
  code=0
  (trap '' XFSZ; ulimit -f "$size"; exec "$program" build -s "$work/new" -o "$site" >/dev/null 2>"$work/none" || exit $?) 2>/dev/null || code=$?
  [ "$code" = 1 ] || fail "a write that fails at $size KB ends with $code"
  [ "$(state "$site")" = "$old" ] || fail "a write that fails at $size KB changed the site"
  [ -z "$(find "$work" -maxdepth 1 -name '.*stage*')" ] || fail "a write that fails at $size KB leaves its stage"
done

for round in 1 2 3; do
  for version in old new old new; do
    "$program" build -s "$work/$version" -o "$site" >/dev/null 2>&1 &
  done
  wait
  case "$(state "$site")" in "$old" | "$new") ;; *) fail "four builds at once leave a mixed site" ;; esac
done
[ "$(cat "$site/CNAME")" = mine ] || fail "a file that is not ours changed"
echo "kill test: failing writes and four builds at once passed"
