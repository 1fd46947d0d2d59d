# Needs python3 (3.11 or newer), git and make; everything else goes into $(VENV).
#   make test PYTHON=python3.12 VENV=/somewhere/else WORKERS=4

PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 2

# Whatever virtual environment the shell is in, only $(VENV) counts here; and byte code is kept, since the tests start
# hundreds of processes.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE
# Where the benchmarks keep their desks, and the programs that they compare with, from one run to the next.
BENCH ?= .bench
IN_VENV = PATH="$$(cd '$(VENV)/bin' && pwd):$$PATH"
READY = $(VENV)/.ready
CATALOGUES = $(wildcard src/tkt/locale/*/LC_MESSAGES/*.po)
COMPILED = $(CATALOGUES:.po=.mo)

.DELETE_ON_ERROR:
.PHONY: help venv test test-fast torture lint types catalogues demo bench bench-million bench-history clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

venv: $(READY) ## make the virtual environment, again whenever pyproject.toml changes

$(READY): pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "tkt needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) (about a minute)"
	@$(PYTHON) -m venv --clear '$(VENV)' \
	    || { echo "$(PYTHON) cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 1; }
	@$(IN_VENV) python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

%.mo: %.po | $(READY)
	@$(IN_VENV) pybabel --quiet compile --input-file=$< --output-file=$@

test: $(READY) $(COMPILED) ## run every test
	@$(IN_VENV) python -m pytest -n $(WORKERS)

test-fast: $(READY) $(COMPILED) ## run the tests that are not slow
	@$(IN_VENV) python -m pytest -n $(WORKERS) -m 'not slow'

torture: $(READY) $(COMPILED) ## run the long versions of what docs/guarantees.md promises, and write its figures
	@$(IN_VENV) python scripts/torture.py

lint: $(READY) ## ruff: rules and formatting
	@$(IN_VENV) ruff check --quiet .
	@$(IN_VENV) ruff format --quiet --check .

types: $(READY) ## mypy, strict
	@$(IN_VENV) mypy --strict src

# Click and typer print words of their own ("Usage:", "Missing argument"): they are translated with ours.
catalogues: $(READY) ## bring the catalogues up to date with the source, and compile them
	@export $(IN_VENV) && \
	click=$$(python -c 'import click; print(*click.__path__)') && \
	typer=$$(python -c 'import typer; print(*typer.__path__)') && \
	pybabel --quiet extract --keywords='_ ngettext:1,2 pgettext:1c,2 NP_:1c,2' \
	    --no-location --sort-output --width=120 --output-file='$(VENV)/tkt.pot' src/tkt "$$click" "$$typer" && \
	pybabel --quiet update --domain=tkt --input-file='$(VENV)/tkt.pot' --output-dir=src/tkt/locale \
	    --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width=120 && \
	pybabel compile --domain=tkt --directory=src/tkt/locale --statistics

demo: $(READY) $(COMPILED) ## walk the course's ticket through its whole life
	@$(IN_VENV) ./scripts/demo.sh

bench: $(READY) $(COMPILED) ## measure each command against its floor, and beside its peers (WRITE=1 keeps the figures)
	@export $(IN_VENV) && missed=0; \
	python bench/run.py --desks '$(BENCH)' $(if $(WRITE),--write figures) || missed=1; \
	python bench/judging.py $(if $(WRITE),--write) || missed=1; \
	python bench/servicenow_log.py $(if $(WRITE),--write) || missed=1; \
	python bench/peers.py --desks '$(BENCH)' --tools '$(BENCH)/tools' $(if $(WRITE),--write) || missed=1; \
	exit $$missed

bench-million: $(READY) $(COMPILED) ## measure what reads every ticket at a million of them (about half an hour, 4 GB of disk)
	@$(IN_VENV) python bench/run.py --desks '$(BENCH)' --sizes 1000000 --only index reading --runs 3 \
	    $(if $(WRITE),--write million)

bench-history: $(READY) $(COMPILED) ## measure the proof of 100,000 commits (about five minutes)
	@$(IN_VENV) python bench/history.py $(if $(WRITE),--write)

clean: ## remove all that make, the tests and the tools left behind
	@rm -rf '$(VENV)' '$(BENCH)' build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache $(COMPILED)
	@find . -name .git -prune -o -name __pycache__ -type d -exec rm -rf {} +
