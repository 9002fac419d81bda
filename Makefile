# Adaldyq. `make run` starts everything; `make test` passes the tests; `make help` tells the rest.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/.ready-to-run
DEV := $(VENV)/.ready-to-test
SOURCES := src tests bench tools

.PHONY: help run test journeys check bench faults browser-all postgresql-all lock messages assets clean

help:
	@echo "make run          set up, make and verify the sample country, open the pages (Ctrl-C ends)"
	@echo "make test         set up and pass the tests"
	@echo "make journeys     the tests that start a whole installation or make one from nothing"
	@echo "make check        style, types, floors of the house, templates, migrations"
	@echo "make bench        measure against peers and limits; writes docs/benchmarks.md"
	@echo "make faults       kill, restart, fill and stop everything under load; writes docs/reference/faults.md"
	@echo "make browser-all  every page in every language, theme and width"
	@echo "make postgresql-all  every test that uses the database, on PostgreSQL"
	@echo "make clean        remove the environment (the data in var/ stays)"
	@echo "For maintainers:  make lock · make messages · make assets"

run: $(RUN)
	@$(VENV)/bin/adaldyq run $(ARGS)

test: $(DEV)
	@tools/test

journeys: $(DEV)
	@tools/test_journeys

check: $(DEV)
	$(VENV)/bin/ruff format --check $(SOURCES)
	$(VENV)/bin/ruff check $(SOURCES)
	$(VENV)/bin/djade --check --target-version 5.2 $$(git ls-files '*.html')
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m django makemigrations --check --dry-run --settings adaldyq.project.settings

bench: $(DEV)
	@failed=0; $(VENV)/bin/python -m bench.verification $(ARGS) || failed=1; \
		$(VENV)/bin/python -m bench.ledger $(LEDGER_ARGS) || failed=1; \
		$(VENV)/bin/python -m bench.pages $(PAGES_ARGS) || failed=1; \
		$(VENV)/bin/python -m bench.report_numbers || failed=1; \
		$(VENV)/bin/python -m bench.reports $(REPORTS_ARGS) || failed=1; \
		$(VENV)/bin/python -m bench.report_floods || failed=1; \
		$(VENV)/bin/python -m bench.reconciling || failed=1; \
		$(VENV)/bin/python -m bench.webhooks $(WEBHOOKS_ARGS) || failed=1; \
		$(VENV)/bin/python -m bench.register $(REGISTER_ARGS) || failed=1; \
		$(VENV)/bin/python -m bench.applicants $(APPLICANTS_ARGS) || failed=1; \
		$(VENV)/bin/python -m bench.draws || failed=1; \
		$(VENV)/bin/python -m bench.filing $(FILING_ARGS) || failed=1; exit $$failed

faults: $(DEV)
	@$(VENV)/bin/python -m tests.faults $(ARGS)

browser-all: $(DEV)
	@ADALDYQ_BROWSER=all $(VENV)/bin/pytest -m browser -n auto tests/browser

postgresql-all: $(DEV)
	@tools/test_on_postgresql all

lock: $(DEV)
	@tools/lock

messages: $(DEV)
	@tools/messages

assets:
	@cd frontend && npm ci && npm run build

clean:
	rm -rf $(VENV)

$(RUN): requirements.txt pyproject.toml
	@tools/setup "$(PYTHON)" $(VENV) requirements.txt
	@touch $@

$(DEV): requirements-dev.txt pyproject.toml
	@tools/setup "$(PYTHON)" $(VENV) requirements-dev.txt
	@touch $@ $(RUN)
