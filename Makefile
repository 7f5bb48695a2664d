MISSING := $(strip $(foreach tool,git make python3,$(if $(shell command -v $(tool)),,$(tool))) $(if $(shell command -v python3),$(if $(shell python3 -c 'import sys, venv, ensurepip; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),,python3-venv and python3 3.11 or newer)))
ifneq ($(MISSING),)
$(error This machine lacks: $(MISSING). On Debian: apt-get install git make python3 python3-venv)
endif

PYTHON := .venv/bin/python
CATALOGUES := locales/ky/LC_MESSAGES/messages.mo locales/ru/LC_MESSAGES/messages.mo

.PHONY: demo run test lint texts lock

demo: .venv/run $(CATALOGUES)  ## the real bot in a browser, no token needed
	$(PYTHON) -m bot demo

run: .venv/run $(CATALOGUES)  ## the bot against Telegram, with BOT_TOKEN in .env
	$(PYTHON) -m bot run

test: lint  ## lint, types, check and all tests; sets up what it needs
	$(PYTHON) -m bot check
	$(PYTHON) -m pytest -n auto

lint: .venv/dev $(CATALOGUES)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

texts: .venv/dev  ## extract the words of the code, update and compile the catalogues
	$(PYTHON) -m babel.messages.frontend -q extract -F babel.cfg -k _ -k n_:1,2 --no-location --sort-output --omit-header -o locales/messages.pot .
	$(PYTHON) -m babel.messages.frontend -q update -i locales/messages.pot -d locales --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 0
	$(PYTHON) -m babel.messages.frontend -q compile -d locales

lock: .venv/dev  ## resolve both lists of requirements anew
	$(PYTHON) -m pip install -q pip-tools
	$(PYTHON) -m piptools compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header -o requirements.lock pyproject.toml
	$(PYTHON) -m piptools compile -q --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

%.mo: %.po | .venv/run
	$(PYTHON) -m babel.messages.frontend -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/messages.po,%,$<))

.venv/run: requirements.lock
	python3 -m venv .venv
	$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

.venv/dev: requirements-dev.lock .venv/run
	$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
