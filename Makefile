# Two commands for a newcomer: `make demo` and `make test`. Everything else is for those who change the code.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test proofs test-postgres check format lock bench bench-replay bench-school bench-service trust docs screenshots clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.base: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.done: $(VENV)/.base package.json package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.assets/.done: node_modules/.done src/opora/foundation/ui/icons.txt src/opora/config/cli/assets.py
	$(BIN)/opora assets
	@touch $@

setup: $(VENV)/.base .assets/.done  ## environment, front-end assets, fonts

demo: setup  ## a made-up region on http://127.0.0.1:8000 (PORT=… for another port); keeps its data
	@DJANGO_SETTINGS_MODULE=opora.config.settings.demo $(BIN)/opora demo
	@DJANGO_SETTINGS_MODULE=opora.config.settings.demo $(BIN)/opora serve --with-worker

demo-reset: setup  ## wipe the made-up region and build it anew
	@DJANGO_SETTINGS_MODULE=opora.config.settings.demo $(BIN)/opora demo --reset

test: $(VENV)/.dev .assets/.done  ## the tests that this machine can run, then what was skipped and why
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not proof"

proofs: $(VENV)/.dev .assets/.done  ## every route, page and file walked in many roles: rights, walls, looks, hostile input, kills, backup
	$(BIN)/python -m pytest -n auto --dist loadgroup -m proof

test-postgres: $(VENV)/.dev .assets/.done  ## tests and proofs on a PostgreSQL server started for them
	$(BIN)/python -m tests.postgres -n auto --dist loadgroup

check: $(VENV)/.dev .assets/.done  ## lint, format, types, imports, templates, migrations, settings of production
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src
	OPORA_SECRET_KEY=check $(BIN)/python manage.py check
	OPORA_SECRET_KEY=check $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=opora.config.settings.production OPORA_SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(VENV)/.dev  ## write the code the way `make check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.dev  ## write the generated pages of docs/
	OPORA_SECRET_KEY=docs $(BIN)/python -m docs.generate

bench: $(VENV)/.dev .assets/.done  ## 10,000 children, 20,000 cases: times, query counts, ratios
	$(BIN)/python -m bench

bench-replay: $(VENV)/.dev .assets/.done  ## 100,000 signed conclusions judged anew by today's rules
	$(BIN)/python -m bench.replay

bench-school: $(VENV)/.dev .assets/.done  ## 500 running programmes with 10,000 activities; a screening of 5,000 rows
	$(BIN)/python -m bench.school

bench-service: $(VENV)/.dev .assets/.done  ## a year of a support service: 60,000 entries of the log; times, ratios
	$(BIN)/python -m bench.service

trust: $(VENV)/.dev .assets/.done  ## long proofs of docs/security.md, with figures (about an hour; NAME=… for one)
	$(BIN)/python -m tests.trust $(NAME)

screenshots: $(VENV)/.dev .assets/.done  ## pictures for the README, of the running product
	$(BIN)/python -m tests.journeys.pictures

lock: $(VENV)/.dev  ## resolve the dependencies anew (needs uv on the PATH)
	uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o requirements-dev.lock

clean:  ## remove everything that was installed or built, and the demo data
	rm -rf $(VENV) node_modules .assets var
