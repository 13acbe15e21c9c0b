# `make` lists the commands. Everything is set up on first use; nothing outside this folder is
# touched but the system parts in system-packages.txt (only as root on Debian).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MADE := $(VENV)/.archive-venv
DEMO_DATA ?= demo-data
PORT ?= 8000
# Only wheels: what builds itself while it is installed could do anything. pip itself is pinned in requirements-build.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help demo demo-check demo-cluster test tests-alone lint types style format serve lock audit bench golden samples texts shots release sbom system-pictures system-tests test-servers lexicon clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.runtime: requirements.txt requirements-build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "The archive needs Python 3.11 or newer (set PYTHON=...)."; exit 1; }
	@echo "Setting up Python packages in $(VENV) ..."
	@test -x $(BIN)/python || { $(PYTHON) -m venv $(VENV) && touch $(MADE); }
	@$(PIP_INSTALL) --require-hashes -r requirements-build.txt
	@$(PIP_INSTALL) --require-hashes -r requirements.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.cluster: $(VENV)/.runtime requirements-cluster.txt
	@echo "Setting up the clients of a cluster in $(VENV) ..."
	@$(PIP_INSTALL) --require-hashes -r requirements-cluster.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.cluster requirements-dev.txt
	@echo "Setting up development packages in $(VENV) ..."
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

system-pictures:
	@scripts/system-packages pictures words

system-tests:
	@scripts/system-packages pictures words tests

# Servers that the tests start are fetched before, once, into a cache folder: tests wait for no network.
test-servers: $(VENV)/.dev system-tests
	@$(BIN)/python -m tests.servers.opensearch.installation --has-jdk || scripts/system-packages java
	@$(BIN)/python -m tests.servers

lexicon: $(VENV)/.runtime system-pictures ## Compile the Swedish lexicon anew if its sources have changed
	@$(BIN)/archive lexicon build --quiet

demo: $(VENV)/.runtime system-pictures lexicon ## Ingest the sample seminar and serve the search page
	@$(BIN)/python -m scripts.demo --data $(DEMO_DATA) --port $(PORT)

demo-check: $(VENV)/.runtime system-pictures lexicon ## The demo, checked over HTTP and ended
	@$(BIN)/python -m scripts.demo --check

demo-cluster: $(VENV)/.dev system-pictures system-tests test-servers lexicon ## The demo on OpenSearch, PostgreSQL and S3 storage
	@$(BIN)/python -m scripts.demo_cluster --port $(PORT)

# Many tests start the program again and again: compiled once it starts in half the time, also where the environment
# (PYTHONDONTWRITEBYTECODE) keeps Python from writing what it compiled. pytest compiles its tests in a way of its own and
# keeps that beside: the next run begins some ten seconds sooner. Types are checked by one process, which takes longer
# than the rest before the tests: these begin meanwhile, so that no processor waits.
test: $(VENV)/.dev system-tests test-servers lexicon ## Lint, demo-check and all tests
	@$(BIN)/python -m compileall -q -j 0 src tests
	@$(MAKE) --no-print-directory --jobs=2 types tests-alone

tests-alone: style demo-check
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

lint: $(VENV)/.dev ## Formatting, style, types and the floors between folders
	@$(MAKE) --no-print-directory --jobs=2 types style

types: $(VENV)/.dev
	@$(BIN)/mypy

style: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

serve: $(VENV)/.runtime lexicon ## Serve the archive in ARCHIVE_DATA (default ./archive-data)
	@$(BIN)/archive serve --port $(PORT)

shots: $(VENV)/.dev system-tests ## Take pictures of every page of a running server (PORT) into shots/
	@$(BIN)/python -m scripts.shots http://127.0.0.1:$(PORT)

texts: $(VENV)/.dev ## Gather the texts to translate and compile the translations
	@$(BIN)/python -m scripts.texts

samples: $(VENV)/.dev ## Build the sample seminar's decks and report again
	@$(BIN)/python -m samples.build

lock: $(VENV)/.dev ## Compile requirements*.in to requirements*.txt, with hashes, and list their licences
	@for set in requirements requirements-build requirements-cluster requirements-export requirements-dev requirements-bench requirements-audit; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --only-binary :all: \
	    --no-header --upgrade $$set.in -o $$set.txt || exit 1; done
	@$(MAKE) --no-print-directory $(VENV)/.bench $(VENV)/.audit
	@$(BIN)/python -m scripts.licences

release: $(VENV)/.dev ## Build wheel, sdist and the list of their parts of the last commit into dist/; the same bytes each time
	@$(BIN)/python -m scripts.release dist

sbom: $(VENV)/.dev ## List all packages that the archive runs with (CycloneDX) into dist/
	@$(BIN)/python -m scripts.release --sbom dist

golden: $(VENV)/.dev ## Write anew what tests expect to be read from made files; read the difference
	@$(BIN)/python -m tests.ingest.extractors.golden_cases

$(VENV)/.bench: $(VENV)/.dev requirements-bench.txt
	@$(PIP_INSTALL) --require-hashes -r requirements-bench.txt
	@touch $@

$(VENV)/.audit: $(VENV)/.dev requirements-audit.txt
	@$(PIP_INSTALL) --require-hashes -r requirements-audit.txt
	@touch $@

# --strict: a package that could not be looked up fails the check, too; alone it would say that all is well.
audit: $(VENV)/.audit ## Look up known vulnerabilities of all packages; fails where it could not look
	@for list in requirements*.txt; do \
	  $(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r $$list || exit 1; done

bench: $(VENV)/.bench lexicon ## Measure ingest, memory, search, start-up and extraction; the long crash and hostile campaigns
	@$(BIN)/python -m bench.foundation
	@$(BIN)/python -m bench.extract
	@$(BIN)/python -m bench.sandbox
	@$(BIN)/python -m bench.engines
	@$(BIN)/python -m bench.rebuild
	@$(BIN)/python -m bench.load
	@$(BIN)/python -m bench.nodes
	@$(BIN)/python -m bench.web
	@$(BIN)/python -m bench.baskets
	@$(BIN)/python -m bench.sign_in
	@$(BIN)/python -m bench.jobs_page
	@$(BIN)/python -m bench.backups --backups 1000 --kills 200
	@$(BIN)/python -m bench.erasures --kills 100
	@$(BIN)/python -m bench.probe
	@$(BIN)/python -m bench.uploads searchable
	@$(BIN)/python -m bench.api_cases
	@$(BIN)/python -m bench.lighthouse
	@$(BIN)/python -m bench.abuse fuzz
	@$(BIN)/python -m bench.abuse slow
	@$(BIN)/python -m bench.abuse memory
	@ARCHIVE_FUZZ_S=3600 $(BIN)/python -m pytest -q tests/index/test_differential.py -k fuzz -n 0
	@ARCHIVE_HISTORIES=5000 $(BIN)/python -m pytest -q tests/catalogue/journal/test_histories.py -n 0
	@ARCHIVE_HOSTILE_FILES=5000 $(BIN)/python -m pytest -q tests/hostile/test_hostile.py -n 0 -s
	@ARCHIVE_CRASH_KILLS=1000 ARCHIVE_CRASH_OCR=1 ARCHIVE_CRASH_DISKS=200 $(BIN)/python -m pytest -q tests/crash -n 0 -s

clean: ## Remove the set-up (never any archive's data)
	@test ! -e $(VENV) || test -e $(MADE) || { echo "$(VENV) was not made by make (no $(MADE)): remove it yourself."; exit 1; }
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
