# make demo and make test are all that a newcomer needs. Both build .venv/ by themselves, and only when it is out of date.
# Every path is relative, so that a clone may lie anywhere, also below a folder with spaces in its name.

# The exact versions of constraints.txt were tested with Python 3.11, so it comes first; `make PYTHON=/path/to/python3` overrides.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

BIN := .venv/bin
export UV_COMPILE_BYTECODE := 1
export DO_NOT_TRACK := 1

# uv takes seconds where pip takes a minute; pip stands in when uv cannot be had or cannot reach the registry that pip is set to.
define install
@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python -c constraints.txt -e '$(1)' \
	|| { echo 'uv could not install; pip does it (about a minute)'; $(BIN)/python -m pip install --quiet -c constraints.txt -e '$(1)'; }
@touch $@
endef

.PHONY: help demo test soak quality lint format clean-venv
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s%s\n", $$1, $$2}' Makefile

demo: .venv/.run-time  ## five real pages and a crawl of a city on this machine become a release in clean/, as a Prefect flow
	@$(BIN)/python -m tests.city.demo

test: lint  ## ruff, mypy --strict and every test that is quick
	$(BIN)/python -m pytest

soak: .venv/.test  ## the long random campaigns
	$(BIN)/python -m pytest -m soak --timeout 3600

quality: .venv/.test  ## ours beside the peers on every gold set; DATA=folder if it is not in ../shared/data
	$(BIN)/python -m benchmarks.quality $(if $(DATA),--data '$(DATA)') --markdown docs/quality.md

lint: .venv/.test  ## ruff and mypy only
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

format: .venv/.test  ## let ruff put the code in order
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

clean-venv:  ## forget the virtual environment; the next make builds it again
	rm -rf .venv

.venv/bin/python:
	@test -n '$(PYTHON)' || { echo 'zhengce needs Python 3.11 or newer: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@echo 'Building .venv (the first time only) ...'
	@'$(PYTHON)' -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt uv || echo 'no uv here; pip will do'

.venv/.run-time: pyproject.toml constraints.txt | .venv/bin/python
	$(call install,.)

.venv/.test: pyproject.toml constraints.txt | .venv/bin/python
	$(call install,.[test])
	@touch .venv/.run-time
