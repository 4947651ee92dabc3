# Everything a person types. `make` alone lists it.

PYTHON := .venv/bin/python
LOCK = cd requirements && UV_CUSTOM_COMPILE_COMMAND="make lock" ../$(PYTHON) -m uv pip compile \
	--quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE)
TEMPLATES = $(shell find templates pipelines -name '*.html')

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## make .venv/ and install what is missing on this machine
	@requirements/setup.sh test

.PHONY: run
run: ## set up and start the whole system here, and watch one application arrive
	@requirements/setup.sh run
	@$(PYTHON) -m django_celery.local.run

.PHONY: test
test: ## run every test
	@requirements/setup.sh test
	$(PYTHON) -m pytest
	$(PYTHON) -m tests.postgresql

# The commands below load the settings: with values of their own, whatever .env says.
check: export SECRET_KEY := only-for-make-check-which-answers-no-request-of-anybody
check: export SITE_URL := https://jobs.example.com
check: export DATABASE_URL := sqlite://:memory:

.PHONY: check
check: ## lint, types, import contracts, migrations, templates, docs
	@requirements/setup.sh run
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy .
	.venv/bin/lint-imports
	$(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) manage.py makemigrations --check --dry-run
	.venv/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(PYTHON) -m pytest --quiet tests/test_docs.py tests/test_compose.py tests/test_house.py

.PHONY: screenshots
screenshots: ## pictures of every page, letter and dossier in every state: screenshots/index.html
	@requirements/setup.sh test
	$(PYTHON) -m pytest --quiet tests/states/pictures.py
	@echo "screenshots/index.html"

.PHONY: bench
bench: ## run the benchmarks, with a table at the end
	@requirements/setup.sh bench
	$(PYTHON) -m benchmarks

APPLICATIONS := 200

.PHONY: faults
faults: ## break everything in turn under load, with a table at the end (APPLICATIONS=60: fewer)
	@requirements/setup.sh test
	$(PYTHON) -m tests.faults --applications $(APPLICATIONS)

load: APPLICATIONS := 1000

.PHONY: load
load: ## a burst of applications while their pages are polled, counted (APPLICATIONS=30: fewer)
	@requirements/setup.sh bench
	$(PYTHON) -m tests.load --applications $(APPLICATIONS)

TO := de
messages: export SECRET_KEY := only-for-make-messages-which-answers-no-request-of-anybody

.PHONY: messages
messages: ## collect the texts for translators and compile what is translated (TO=pt_BR: another language)
	@requirements/setup.sh test
	$(PYTHON) manage.py makemessages --locale $(TO) --no-obsolete --ignore 'tests/*' --ignore 'benchmarks/*' --ignore '.venv/*'
	$(PYTHON) manage.py compilemessages --locale $(TO) --ignore '.venv/*'

.PHONY: lock
lock: ## pin what requirements/*.in ask for (newer versions: make lock UPGRADE=--upgrade)
	@requirements/setup.sh run
	$(LOCK) uv.in --output-file uv.txt
	$(LOCK) dev.in --output-file dev.txt
	$(LOCK) bench.in --constraint dev.txt --output-file bench.txt
	$(LOCK) production.in --constraint dev.txt --output-file production.txt
	$(LOCK) base.in --constraint dev.txt --output-file base.txt
