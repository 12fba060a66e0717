# `make` says what there is. Everything is installed into this folder: .venv, .gtms, node_modules.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
PARTS := .gtms/parts
# Each part holds its own mark, so that a part that was removed is made again.
PREREQUISITES := .gtms/.prerequisites
PYTHON_DONE := .venv/.done
KAFKA_DONE := $(PARTS)/kafka/.done
CLICKHOUSE_DONE := node_modules/.done
STUBS_DONE := services/treatment/.done
PYTEST := $(BIN)/python -m pytest
# Two files of tests at a time, each beside a stack of its own: most of them wait most of the time.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
PROTOS := $(shell find protos -name '*.proto')
KINDS := unit spec golden contract generative integration faults privacy

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install protos locks demo up down status docs accounts dashboards provisioning lint containers test bench clean $(KINDS)

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z].*## / {printf "  make %-13s%s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  make KIND         One kind of test: $(KINDS)"

# ---- install: each part once, and again only when its list changes -------------------------------

install: $(PREREQUISITES) ## Install everything into this folder
	@$(MAKE) -s --no-print-directory -j3 $(STUBS_DONE) $(CLICKHOUSE_DONE)

$(PREREQUISITES): tools/prerequisites
	@$(eval missing := $(shell tools/prerequisites $(PYTHON)))$(if $(missing),$(error $(missing)))
	@mkdir -p $(PARTS) && touch $@

$(PYTHON_DONE): requirements-dev.lock pyproject.toml | $(PREREQUISITES)
	@echo "Python packages → .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(KAFKA_DONE): pom.xml | $(PREREQUISITES)
	@echo "Kafka → $(PARTS)/kafka"
	@rm -rf $(PARTS)/kafka $(PARTS)/protos
	@mvn -q -B -ntp package >.gtms/maven.log 2>&1 || { cat .gtms/maven.log; exit 1; }
	@touch $@

$(CLICKHOUSE_DONE): package-lock.json package.json | $(PREREQUISITES)
	@echo "ClickHouse → $(PARTS)/clickhouse"
	@npm ci --loglevel=error --no-progress --ignore-scripts >/dev/null
	@mkdir -p $(PARTS)/clickhouse
	@ln -sfn ../../../node_modules/@chdb/lib-linux-x64-gnu/libchdb.so $(PARTS)/clickhouse/libchdb.so
	@touch $@

$(STUBS_DONE): $(PROTOS) tools/generate_protos.py $(PYTHON_DONE) $(KAFKA_DONE)
	@echo "Stubs of protos/ → services/treatment"
	@$(BIN)/python tools/generate_protos.py
	@touch $@

protos: install ## Generate the Python stubs of protos/

locks: ## Choose versions anew and write the lock files (needs an installed .venv)
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --group dev -c requirements.lock --universal \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts

# ---- run -----------------------------------------------------------------------------------------

demo: install ## Show the whole path on a made-up population (ARGS=--exit: leave at the end)
	@$(BIN)/gtms demo $(ARGS)

up: install ## Start the embedded stack and return when it is healthy
	@$(BIN)/gtms stack up $(ARGS)

down: ## Stop the embedded stack
	@$(BIN)/gtms stack down $(ARGS)

status: ## Say how each part of the stack is
	@$(BIN)/gtms stack status $(ARGS)

# ---- check ---------------------------------------------------------------------------------------

docs: install ## Write docs/indicators from the catalogue and the specification pages
	@$(BIN)/python -m tools.document_indicators

accounts: install ## Write deploy/clickhouse/users.xml and access.sql from the accounts
	@$(BIN)/python -m tools.write_accounts

dashboards: install ## Write dashboards/compiled from the code of the dashboards
	@$(BIN)/python -m dashboards

provisioning: install ## Write deploy/grafana/provisioning from the organisation of the operators
	@$(BIN)/python -m tools.write_grafana

lint: install ## ruff, mypy --strict, buf lint; what is generated is up to date
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python tools/lint_protos.py
	@$(BIN)/python -m tools.document_indicators --check
	@$(BIN)/python -m tools.write_accounts --check
	@$(BIN)/python -m dashboards --check
	@$(BIN)/python -m tools.write_grafana --check

containers: install ## Check docker-compose.yml and the Dockerfile without an engine (Go, npx)
	@$(BIN)/python tools/check_containers.py

test: lint ## Everything that tests it, against real Kafka and real ClickHouse
	@$(PYTEST) $(SIDE_BY_SIDE) $(ARGS)

$(KINDS): install
	@$(PYTEST) tests/$@ $(ARGS)

bench: install ## Measure: prints a table, and JSON to .gtms/bench.json
	@$(BIN)/python -m tests.bench $(ARGS)

clean: ## Stop the stack and remove all that was installed, made or stored here
	@if [ -x $(BIN)/gtms ]; then $(BIN)/gtms stack down --quiet; fi
	@rm -rf .venv .gtms node_modules services/treatment services/buf services/gtms.egg-info \
	    .mypy_cache .ruff_cache .pytest_cache .hypothesis
