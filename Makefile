# What a contributor types. Every target works from a fresh clone; `make help` lists them.

PYTHON3 ?= python3
PYTHON  := .venv/bin/python
PYTEST  := $(PYTHON) -m pytest

# Tests never see a real provider, database or Redis: what names them is taken away before they start (the
# second half is STORES in scripts/open_webui_process.py). Compiled tests are kept: compiling them takes as
# long as running the small ones.
WITHOUT_KEYS := env -u PYTHONDONTWRITEBYTECODE -u OPENAI_API_KEY -u OPENAI_API_KEYS -u OPENAI_API_BASE_URL -u OPENAI_API_BASE_URLS \
	-u OLLAMA_BASE_URL -u OLLAMA_BASE_URLS -u OLLAMA_API_BASE_URL -u ANTHROPIC_API_KEY \
	-u DATABASE_URL -u DATABASE_TYPE -u DATABASE_SCHEMA -u REDIS_URL -u REDIS_SENTINEL_HOSTS -u WEBSOCKET_MANAGER \
	-u WEBSOCKET_REDIS_URL -u VECTOR_DB -u PGVECTOR_DB_URL -u STORAGE_PROVIDER

# Two processes, each with servers of its own that all its files share; a file is run by one of them, in order.
TWO_BY_FILE := -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test check lint page-check unit soak bench release ui reference environment constraints clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

run: ui ## Open WebUI with Smart on PORT (8080); DEMO=1 forces the simulated backends
	@$(PYTHON) scripts/run.py

test: lint page-check ui unit ## everything: linters, types, page, all tests with a real Open WebUI and Chromium
	@chromium="$$($(PYTHON) scripts/chromium.py)" && \
	$(WITHOUT_KEYS) SMART_ROUTER_CHROMIUM="$$chromium" $(PYTEST) -m "not soak" $(TWO_BY_FILE) --ignore tests/unit

check: lint page-check unit ## the fast part: linters, types, page, unit tests

lint: environment
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m mypy --python-version 3.12
	.venv/bin/lint-imports

page-check: environment
	@$(PYTHON) scripts/page.py check
	@$(PYTHON) scripts/page.py test

unit: environment ## the unit tests alone
	@$(WITHOUT_KEYS) $(PYTEST) -m "not soak" -n 2 tests/unit

soak: ui ## the long versions of the tests
	@chromium="$$($(PYTHON) scripts/chromium.py)" && \
	$(WITHOUT_KEYS) SMART_ROUTER_CHROMIUM="$$chromium" $(PYTEST) -m soak

bench: ui ## the benchmarks, with a table
	@$(WITHOUT_KEYS) $(PYTHON) -m tests.bench

release: ui ## what is handed out: dist/smart_router.json and the wheel
	@$(PYTHON) scripts/release.py

ui: environment ## build the admin page
	@$(PYTHON) scripts/page.py build

reference: environment ## write the reference pages anew after valves, routes, metrics, commands or registry keys changed
	@$(PYTHON) -m scripts.reference
	@$(PYTHON) scripts/registry_reference.py

environment: ## make .venv, or bring it up to date
	@$(PYTHON3) scripts/environment.py

constraints: ## resolve the dependencies anew, and write what came of it to constraints.txt
	@$(PYTHON3) scripts/environment.py --without-constraints
	@$(PYTHON) scripts/constraints.py

clean: ## remove what was built (not .venv, not the data of make run)
	rm -rf dist build artifacts .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf admin_pages/observability/ui/dist
	find . -name __pycache__ -type d -not -path './.venv/*' -not -path '*/node_modules/*' -prune -exec rm -rf {} +
