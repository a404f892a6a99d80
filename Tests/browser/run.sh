#!/usr/bin/env bash
# The example study in a real browser: run.sh PROGRAM. Chromium and its driver come from Debian, the rest from PyPI into .build/browser.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$1

missing=()
for package in chromium chromium-driver python3-venv; do
  status=$(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}"
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  if ! { "${as_root[@]}" apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; }; then
    echo "browser: NOT TESTED, since these packages could not be installed: ${missing[*]}" >&2
    exit 0
  fi
fi
venv=.build/browser
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import selenium, importlib.util as u, sys; sys.exit(not u.find_spec("axe_playwright_python"))' 2>/dev/null; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  if ! "$venv/bin/pip" download --quiet --disable-pip-version-check --no-deps -d "$venv/try" axe-playwright-python==0.1.8; then
    echo "browser: NOT TESTED, since packages could not be fetched" >&2
    exit 0
  fi
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r Tests/browser/requirements.txt
  # It carries the rules of axe; what it is written for is not needed.
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps axe-playwright-python==0.1.8
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/study"
cp -r valuemap.yaml content templates "$work/study/"
"$program" build -s "$work/study" -o "$work/site" --no-cache 2>"$work/log" || { cat "$work/log"; exit 1; }
"$program" build -s "$work/study" -o "$work/one" --single-file 2>"$work/log" || { cat "$work/log"; exit 1; }
"$venv/bin/python" Tests/browser/site_test.py "$work/site" 1000 "$work/one/index.html"
python3 Tests/faults/hostile_study.py . "$work/hostile"
"$program" build -s "$work/hostile" -o "$work/hostile-site" 2>"$work/log" || { cat "$work/log"; exit 1; }
"$venv/bin/python" Tests/browser/hostile_test.py "$work/hostile-site" 8
