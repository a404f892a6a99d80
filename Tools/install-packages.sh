#!/usr/bin/env bash
# Installs the Debian packages that the build, the figures and the tests need. Does nothing where all are there.
set -euo pipefail

packages=(
  pkg-config g++ libc6-dev
  libcairo2-dev libpango1.0-dev          # drawing and text
  libcmark-gfm-dev libcmark-gfm-extensions-dev
  libyaml-dev
  libopenblas0 libboost-math-dev           # linear algebra, opened when first needed; distributions
  libxxhash-dev libdeflate-dev
  libcivetweb-dev                        # preview
  libcurl4                               # check --external; opened when first needed
  fonts-inter fonts-dejavu-core          # figures are set in Inter
)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

echo "installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing, and there is neither root nor sudo to install them: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
# An old list of packages names files that mirrors no longer have: it is refreshed before anything is fetched.
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
