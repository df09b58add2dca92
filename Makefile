# Two commands: `make run` serves a seeded desk, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MESSAGES := $(wildcard src/amends/desk/locale/*/LC_MESSAGES/django.po)

.PHONY: run test lint bench shots clean python install install-dev messages parts
.DELETE_ON_ERROR:

run: install messages ## Set everything up and serve a seeded desk that works offline.
	@$(BIN)/amends demo

test: install-dev messages parts ## Set everything up and pass every test.
	@$(BIN)/python -m tools.run_tests

lint: install-dev messages ## Style, types, layers, shape, translations, licences.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.licences --check
	$(BIN)/python -m tools.playbook --check
	$(BIN)/python -m tools.rule_pages --check
	@echo "Lint is clean. Next: make test"

bench: install-dev messages ## Measure speed; prints one table a bench.
	@for name in read coach promises; do $(BIN)/amends bench $$name tests/quality/en/$$(echo $$name | sed s/read/reading/).jsonl; done

shots: install-dev messages ## Take the README's pictures again, in real Chromium.
	$(BIN)/python -m tools.shots

python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. Debian and Ubuntu: apt-get install python3 python3-venv. macOS: brew install python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Amends needs Python 3.11 or newer; `$(PYTHON) --version` is older. Name a newer one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(BIN)/python: | python
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing Amends (about a minute the first time) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

$(VENV)/.messages: $(MESSAGES) | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --domain django --directory src/amends/desk/locale
	@touch $@

messages: $(VENV)/.messages

parts: install-dev
	@$(BIN)/python -m tools.system_parts

clean: ## Remove what make made; the desk's own data in var/ stays.
	rm -rf $(VENV) build dist *.egg-info
