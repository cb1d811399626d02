# Bare `make` lists what there is. Everything made here is git-ignored and safe to delete.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export PORT ?= 8000
export EQUALTERMS_HOME ?= $(CURDIR)/.home
BIN := .venv/bin
WEBROOT := api/equalterms/webroot
BUILT := $(WEBROOT)/index.html
APP_SOURCES := $(shell find pwa/src pwa/public pwa/build pwa/*.* 2>/dev/null)

# One clear sentence for whatever is missing.
define NEED_PYTHON
found=
for python in $${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
  found=$$python
  "$$python" -c 'import venv, ensurepip' 2>/dev/null && break
done
if [ -z "$$found" ]; then
  echo 'Equal Terms needs Python 3.11 or newer, and there is none in PATH (on Debian: apt-get install python3 python3-venv).' >&2
  exit 1
elif ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Equal Terms needs Python's venv module, and $$found comes without it (on Debian: apt-get install python3-venv)." >&2
  exit 1
fi
endef

define NEED_NODE
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then
  echo "Equal Terms needs Node.js 20.19 or newer to build its app, and found $$(node --version 2>/dev/null || echo none)." >&2
  exit 1
elif ! command -v npm >/dev/null; then
  echo 'Equal Terms needs npm to build its app, and there is none in PATH (on Debian: apt-get install npm).' >&2
  exit 1
fi
endef

# Installs the hashed list $(1): with uv where there is one, else with the environment's own pip.
define INSTALL
echo "Installing what $(1) lists (once; about a minute)"
if command -v uv >/dev/null; then
  uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1)
else
  $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r $(1)
fi
endef

.PHONY: help
help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.venv/.made:
	@$(NEED_PYTHON)
	"$$python" -m venv .venv
	touch $@

.venv/.run: requirements.txt requirements-build.txt pyproject.toml | .venv/.made
	@if [ requirements.txt -nt $@ ] || [ requirements-build.txt -nt $@ ]; then
	  $(call INSTALL,requirements.txt)
	  $(call INSTALL,requirements-build.txt)
	fi
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: requirements-dev.txt | .venv/.run
	@$(call INSTALL,requirements-dev.txt)
	touch $@

$(BUILT): $(APP_SOURCES) | .venv/.run
	@$(NEED_NODE)
	if ! [ pwa/node_modules/.run -nt pwa/package-lock.json ]; then
	  echo 'Installing what the app is built with'
	  npm ci --prefix pwa --omit=dev --silent
	  touch pwa/node_modules/.run
	fi
	echo 'Building the app'
	npm run --prefix pwa --silent build -- --logLevel warn
	$(BIN)/python -m whitenoise.compress --quiet $(WEBROOT)
	touch $@

.PHONY: setup
setup: .venv/.run $(BUILT) ## Install and build what running needs

.PHONY: setup-dev
setup-dev: .venv/.run .venv/.dev ## Install what testing and checking need as well
	@$(NEED_NODE)
	if ! [ pwa/node_modules/.dev -nt pwa/package-lock.json ]; then
	  echo 'Installing what the app is built and tested with'
	  npm ci --prefix pwa --silent
	  touch pwa/node_modules/.run pwa/node_modules/.dev
	  rm -f $(BUILT)
	fi
	$(MAKE) --silent $(BUILT)

.PHONY: free-port
free-port:
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then
	  echo 'Port $(PORT) is taken by another program. Choose another one: make run PORT=8001' >&2
	  exit 1
	fi

.PHONY: run
run: free-port setup ## Serve a ready demonstration day on http://127.0.0.1:8000 (PORT, EQUALTERMS_HOME)
	@exec $(BIN)/equalterms serve --demo

.PHONY: test
test: setup-dev ## Run every test: server, app and, where there is a Chromium, journeys
	@failed=0
	npm run --prefix pwa --silent test || failed=1
	$(BIN)/python -m pytest $(PYTEST_ARGS) || failed=1
	exit $$failed

.PHONY: test-services
test-services: setup-dev ## Run the server's tests on a throw-away PostgreSQL and Redis
	@$(BIN)/python -m tests.services $(BIN)/python -m pytest $(PYTEST_ARGS)

.PHONY: check
check: setup-dev ## Format, lint, types, floors, contract, spelling, budgets, containers
	@bad=
	hold() { printf '\n== %s\n' "$$1"; shift; "$$@" || bad="$$bad  $$*"$$'\n'; }
	hold format $(BIN)/ruff format --check api tests
	hold lint $(BIN)/ruff check api tests
	hold types $(BIN)/mypy
	hold floors $(BIN)/lint-imports --no-cache
	hold spelling $(BIN)/codespell api tests docs docker pwa/src *.md Makefile .ci/run
	hold 'lint of the app' npm run --prefix pwa --silent lint
	hold 'types of the app' npm run --prefix pwa --silent check
	hold budgets npm run --prefix pwa --silent budget
	hold contract $(MAKE) openapi-drift
	hold Dockerfile $(BIN)/hadolint docker/Dockerfile
	hold compose $(BIN)/docker-compose --file docker/compose.yaml --env-file docker/env.example config --quiet
	hold 'compose, scaled' $(BIN)/docker-compose --file docker/compose.yaml --file docker/scaled.yaml --env-file docker/env.example config --quiet
	if [ -n "$$bad" ]; then printf '\nThis does not hold yet:\n%s' "$$bad" >&2; exit 1; fi
	echo 'All of it holds.'

.PHONY: fix
fix: setup-dev ## Format, and mend what the linters can
	@$(BIN)/ruff format api tests
	$(BIN)/ruff check --fix api tests
	npm run --prefix pwa --silent fix

SPECTACULAR = DJANGO_SETTINGS_MODULE=equalterms.config.settings $(BIN)/django-admin spectacular --validate --fail-on-warn --file

.PHONY: openapi
openapi: setup-dev ## Write docs/openapi/openapi.yaml and the app's types from the code
	@$(SPECTACULAR) docs/openapi/openapi.yaml
	npm run --prefix pwa --silent types

.PHONY: openapi-drift
openapi-drift:
	@made=$$(mktemp); trap 'rm -f "$$made"' EXIT
	$(SPECTACULAR) "$$made"
	diff -u docs/openapi/openapi.yaml "$$made" || { echo 'The contract is not the code: run make openapi.' >&2; exit 1; }
	(cd pwa && npx openapi-typescript ../docs/openapi/openapi.yaml -o "$$made" --root-types --alphabetize >/dev/null)
	diff -u pwa/src/lib/schema.d.ts "$$made" || { echo "The app's types are not the contract: run make openapi." >&2; exit 1; }

.PHONY: bench
bench: setup ## Measure what matters beside its peers and print the tables (BENCH_ARGS)
	@$(BIN)/python -m tests.bench $(BENCH_ARGS)

.PHONY: drills
drills: setup-dev ## Break what can break, under load, and say what was lost (ARGS=--write, or names of drills)
	@$(BIN)/python -m tests.drills $(ARGS)

COMPILE = uv pip compile --quiet --no-header --no-annotate --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11

.PHONY: lock
lock: ## Make the requirements lists again from pyproject.toml (needs uv)
	@export PATH="$(CURDIR)/$(BIN):$$PATH"
	command -v uv >/dev/null || { echo 'make lock needs uv (python -m pip install uv).' >&2; exit 1; }
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) --group build --output-file requirements-build.txt
	$(COMPILE) pyproject.toml --group dev --output-file requirements-dev.txt
