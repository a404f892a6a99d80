#!/usr/bin/env bash
# The program as a user runs it: the example built twice (two jobs and one, another time zone and locale) and compared byte for byte,
# an unchanged rebuild that draws nothing, a study with errors that leaves the site alone, and the real studies beside the
# repository where they are there.
set -euo pipefail
cd "$(dirname "$0")/.."

program=$(swift build --show-bin-path)/valuemap
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "end to end: $*" >&2; exit 1; }

mkdir "$work/study"
cp -r valuemap.yaml content "$work/study/"
[ -d templates ] && cp -r templates "$work/study/"

"$program" build -s "$work/study" -o "$work/a" --no-cache 2>"$work/log" || { cat "$work/log"; fail "the example does not build"; }
TZ=Pacific/Kiritimati LC_ALL=C LANG=de_DE.UTF-8 "$program" build -s "$work/study" -o "$work/b" --jobs 1 2>"$work/log" || fail "second build"
diff -r "$work/a" "$work/b" >/dev/null || fail "two builds of the example differ"

"$program" build -s "$work/study" -o "$work/b" 2>"$work/log"
grep -q '(0 drawn' "$work/log" || fail "an unchanged rebuild draws: $(cat "$work/log")"
grep -q 'nothing changed' "$work/log" || fail "an unchanged rebuild changes: $(cat "$work/log")"

# The report in one file: nothing beside it, nothing asked of anybody.
"$program" build -s "$work/study" -o "$work/one" --single-file 2>"$work/log" || { cat "$work/log"; fail "the report in one file is not built"; }
[ "$(find "$work/one" -type f -not -name .valuemap-manifest)" = "$work/one/index.html" ] || fail "the report in one file has files beside it"
if grep -qE '(src|href|srcset)="(\.|/|[a-z]+\.|https?:)|<script' "$work/one/index.html"; then fail "the report in one file asks for others"; fi
code=0
"$program" build -s "$work/study" -o "$work/one" --single-file --pdf 2>"$work/log" || code=$?
[ $code = 2 ] || fail "--single-file with --pdf ends with $code"

if "$program" assign needs-segments "$work/study/content/data/needs.csv" -s "$work/study" >"$work/assigned.csv" 2>"$work/log"; then
  fail "people with empty answers are assigned"
fi
grep -q 'needs.csv:[0-9]*:[0-9]*: error:' "$work/log" || fail "an empty answer has no place: $(cat "$work/log")"
awk -F, '{ for (i = 2; i <= 11; i++) if ($i == "") next; print }' "$work/study/content/data/needs.csv" >"$work/people.csv"
"$program" assign needs-segments "$work/people.csv" -s "$work/study" -o "$work/assigned.csv" 2>"$work/log" || fail "assign: $(cat "$work/log")"
[ "$(wc -l <"$work/assigned.csv")" = "$(wc -l <"$work/people.csv")" ] || fail "assign lost people"

echo 'nonsense: true' >>"$work/study/valuemap.yaml"
if "$program" build -s "$work/study" -o "$work/b" 2>"$work/log"; then fail "a study with an unknown key builds"; fi
grep -q 'valuemap.yaml:[0-9]*:1: error:' "$work/log" || fail "the error has no place: $(cat "$work/log")"
diff -r "$work/a" "$work/b" >/dev/null || fail "a failed build touched the site"

# What is handed over is what was built.
"$program" pack -s "$work/study" --site "$work/a" -o "$work/site.zip" 2>"$work/log" || { cat "$work/log"; fail "the example cannot be packed"; }
if command -v unzip >/dev/null; then
  unzip -q "$work/site.zip" -d "$work/unpacked"
  (cd "$work/unpacked" && sha256sum --check --quiet MANIFEST.sha256) || fail "the packed site is not the one that was built"
fi
"$program" diff "$work/a" "$work/b" | grep -v ': same$' && fail "two builds of the example differ in their findings"

if [ -d ../shared/studies ]; then
  for study in autos tech-brands yellow-pages telco coffee-chain cafes scotch bank-calls email-test; do
    cp -r "../shared/studies/$study" "$work/$study"
    chmod -R u+w "$work/$study"
    "$program" build -s "$work/$study" -o "$work/out-$study" 2>"$work/log" || { cat "$work/log"; fail "$study does not build"; }
  done
else
  echo "end to end: the real studies are not beside the repository; that part is skipped"
fi
echo "end to end: passed"
