# One command per verb. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help run curate test test-all fuzz check dictionary clean bench pictures

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

.venv/run: requirements.txt constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Python 3.11, 3.12 or 3.13 is needed: make run PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

.venv/curate: .venv/run requirements-curation.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-curation.txt -c constraints.txt
	@touch $@

.venv/develop: .venv/curate requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

.venv/browser: .venv/develop tests/support/browser.sh
	sh tests/support/browser.sh
	@touch $@

.venv/bench: .venv/browser requirements-bench.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-bench.txt -c constraints.txt
	@touch $@

run: .venv/run ## install what the dashboard needs and run it
	$(BIN)/streamlit run dashboard.py

curate: .venv/curate ## bring reports in at a desk, on this machine alone: REPORTS_DIR=folder make curate
	$(BIN)/streamlit run curation/desk/desk.py --server.address=127.0.0.1 --server.port=8511 --server.maxUploadSize=20

test: .venv/browser ## install what the tests need (as root Debian's chromium too, where none is) and run them: tables, pages, browser
	$(BIN)/pytest

test-all: .venv/browser ## run every test, the slow ones too; those of docs/deploy need nginx
	$(BIN)/pytest tests

fuzz: .venv/develop ## break the tables in thousands of ways and see that nothing fails: make fuzz FUZZ=5000
	FUZZ=$(or $(FUZZ),2000) $(BIN)/pytest tests/slow/test_fuzz.py

bench: .venv/bench ## measure against plain pages and write benchmarks/results.md
	$(BIN)/python -m benchmarks

pictures: .venv/browser ## take pictures of every page in three widths and two themes
	$(BIN)/python -m tests.support.pictures

check: .venv/develop ## lint, format, types, what is made from the tables, and the tables
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m validation.dictionary --check
	$(BIN)/python -m curation agreement --check
	$(BIN)/python -m validation

dictionary: .venv/run ## write datasets/README.md from the models
	$(BIN)/python -m validation.dictionary

clean: ## remove what was installed and cached
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache
