# The two commands most people need: `make run` and `make test`. `make help` lists the rest.
# Needs on a fresh Debian or Ubuntu machine: apt install make python3-venv

PYTHON ?= python3
PORT ?=
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.requirements-installed
TOOLS := $(VENV)/.requirements-dev-installed
MEASURES := $(VENV)/.requirements-bench-installed
SERVE := $(BIN)/python -m portfolio serve $(if $(PORT),--port $(PORT))
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help run demo test lint format bench clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) ## make the database if there is none, start the tracker and print its address (PORT=8600 for another port)
	$(SERVE)

demo: $(RUNTIME) ## the same with the fictional demonstration portfolio, in a database of its own
	PORTFOLIO_NAME=demo $(SERVE)

test: $(TOOLS) ## run all tests (TESTS=tests/unit for some)
	$(BIN)/python -m pytest -n 2 --dist loadgroup --ignore=tests/benchmarks $(TESTS)

lint: $(TOOLS) ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(TOOLS) ## lay out the code and sort the imports
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

bench: $(MEASURES) ## measure the slow spots
	$(BIN)/python -m pytest tests/benchmarks

clean: ## remove the virtual environment and the tools' caches; databases in var/ stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp file newer than the requirements means that they are installed.
$(RUNTIME): requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(TOOLS): requirements-dev.txt requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(MEASURES): requirements-bench.txt requirements-dev.txt requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	touch $@
