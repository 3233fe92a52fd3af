# Two commands matter: make run, make test. `make help` lists the rest.
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PLAN := $(BIN)/python -m api.cli
SHELL := /bin/bash
NODE := .ci/node
.DEFAULT_GOAL := help
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help run test test-on lint types rooms rules format bench visit lighthouse fuzz sbom audit openapi-lint examples seed migrate check lock browser screenshots clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: .requirements/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what it runs on (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .requirements/run.txt
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/bin/python" -m api.cli "$$@"\n' "$(CURDIR)" "$(CURDIR)/$(VENV)" > $(BIN)/plan
	@chmod +x $(BIN)/plan
	@touch $@

$(VENV)/.dev: .requirements/dev.txt $(VENV)/.run
	@echo "Installing what it is tested with (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .requirements/dev.txt
	@touch $@

$(NODE)/node_modules/.ready: $(NODE)/package-lock.json
	@command -v npm > /dev/null || { echo "The client's types are checked with Node: install Node 20 or later with npm." >&2; exit 1; }
	@npm ci --prefix $(NODE) --silent --no-audit --no-fund
	@touch $@

run: $(VENV)/.run ## start everything on this machine (PORT, DATA_DIR, DATABASE_URL, SECRET_KEY)
	@exec $(PLAN) run

test: $(VENV)/.dev lint types rooms rules browser ## everything: lint, types, import contracts, all tests with the browser's
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-on: $(VENV)/.dev browser ## all tests on another day, by a shifted clock: make test-on DAY="2028-02-29 12:00" (root, gcc)
	.ci/clock/run "$(DAY)" $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev $(NODE)/node_modules/.ready ## mypy --strict on api/, tsc --strict on the client, and no copy outside its words files
	$(BIN)/mypy
	$(NODE)/node_modules/.bin/tsc -p frontend/jsconfig.json
	node $(NODE)/copy.mjs

rooms: $(VENV)/.dev ## the import contracts of docs/map.md
	$(BIN)/lint-imports

rules: ## the client's pure rules (frontend/js/rules), by node --test
	node --test tests/rules/*.test.mjs

format: $(VENV)/.dev ## put the code in its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser: $(VENV)/.dev
	@$(BIN)/python tests/e2e/find_browser.py

bench: $(VENV)/.dev ## requests/s and CPU of the hot paths, each beside its floor
	$(BIN)/python -m tests.bench

visit: $(VENV)/.dev browser ## how long a phone on a slow network waits for each page
	$(BIN)/python -m tests.bench.visit

lighthouse: $(VENV)/.dev browser ## Lighthouse for mobiles over the main pages (needs npx, or LIGHTHOUSE=/path)
	$(BIN)/python -m tests.bench.lighthouse

fuzz: $(VENV)/.dev ## look for what breaks the API, long and with another seed each time (FUZZ_EXAMPLES=500)
	FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),500) $(BIN)/python -m pytest tests/integration/contract/test_contract_of_*.py -s -p no:xdist

sbom: $(VENV)/.dev ## write sbom.cdx.json: what it runs on and the vendored libraries (CycloneDX 1.6)
	@$(BIN)/python .ci/sbom.py

audit: $(VENV)/.dev ## ask for known weaknesses of the locked packages; ends with 3 where that cannot be asked
	@$(BIN)/python .ci/audit.py

openapi-lint: $(VENV)/.run ## hold the OpenAPI document to Redocly's rules (needs npx)
	@$(PLAN) openapi > .openapi.json
	npx --yes @redocly/cli@2 lint .openapi.json --config .ci/redocly.yaml; found=$$?; rm -f .openapi.json; exit $$found

examples: $(VENV)/.dev ## make the examples of the OpenAPI document again, by a run
	$(BIN)/python -m pytest tests/api/contract/test_examples.py --examples

seed: $(VENV)/.run ## load a plan: make seed FILE=seed/havering-2020-23.json [DRY=--dry-run]
	$(PLAN) seed $(or $(FILE),seed/havering-2020-23.json) $(DRY)

migrate: $(VENV)/.run ## bring the database to this release's tables
	$(PLAN) migrate

check: $(VENV)/.run ## say whether the settings and the database can be used
	$(PLAN) check

screenshots: $(VENV)/.dev browser ## make the README's pictures again
	$(BIN)/python -m pytest tests/e2e/shell/test_screenshots.py --screenshots docs/images

lock: $(VENV)/.dev ## resolve the dependencies of pyproject.toml again
	for set in "run:--extra embedded" "dev:--extra embedded --extra dev"; do \
	  $(BIN)/uv pip compile pyproject.toml $${set#*:} --quiet --upgrade --generate-hashes --universal --no-strip-extras \
	    --python-version 3.11 --no-annotate --no-header -o .requirements/$${set%%:*}.txt; done

clean: ## remove the environment (not the data)
	rm -rf $(VENV) $(NODE)/node_modules .mypy_cache .ruff_cache .pytest_cache
