# The same commands for people and for CI. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE_STAMP := $(VENV)/.installed-site
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: help site serve test check bench audit originals docs clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

site: $(SITE_STAMP) ## install Folio here, build the demo, say how to see it
	@$(BIN)/folio build
	@echo "To see it: make serve, and open the address that it names"

serve: $(SITE_STAMP) ## show the demo, and again after every save
	@$(BIN)/folio serve

test: $(DEV_STAMP) ## install what the tests need, then run every check
	@BIN=$(BIN) sh tests/install-tools.sh
	@$(MAKE) --no-print-directory check

check: ## every check, with what is installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n auto

SIZES ?= S M
bench: $(DEV_STAMP) ## time imports, and Folio beside its peers: make bench SIZES="S M L XL" (half an hour)
	$(BIN)/python bench/startup.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --silent --prefix bench/eleventy
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m bench.peers --size $(SIZES) --write

audit: $(DEV_STAMP) ## Lighthouse on the demo's pages
	@BIN=$(BIN) sh tests/install-tools.sh
	@$(BIN)/npm install --silent --prefix bench/lighthouse
	$(BIN)/python -m bench.audit

originals: $(SITE_STAMP) ## part of a release: keep the theme as it is now for folio doctor
	@$(BIN)/python -c 'import json; from builder import __version__ as v, doctor as d; \
	  (d.ORIGINALS / f"{v}.json").write_text(json.dumps(d.originals_of_this_version(), ensure_ascii=False, indent=0) + "\n", "utf-8")'

docs: $(SITE_STAMP) ## the documentation as a site, built by Folio into docs/_site
	@$(BIN)/python -m docs.make

clean: ## remove what was built and installed
	rm -rf $(VENV) _site .folio docs/_site tests/html-validate/node_modules bench/lighthouse/node_modules

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Folio needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(SITE_STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[images,pdf]'
	@touch $@

$(DEV_STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(SITE_STAMP)
