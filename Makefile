# Everything a newcomer needs: `make run` and `make test`. Both set up what they need, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test lint format bench soak mutate simulate substance hits snapshots requirements docs clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run ## practise in the terminal, or serve the Telegram bot where TELEGRAM_BOT_TOKEN is set
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ]; then exec $(BIN)/simulacro telegram; \
	else exec $(BIN)/simulacro chat; fi

test: $(VENV)/.dev ## all tests
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev ## style, types, unused lines
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## put the code in shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev ## what it costs: messages a second, score time, start-up, growth
	@$(BIN)/python -m tests.bench

soak: $(VENV)/.dev ## the kill test in full: 300 updates, 30 chats, 20 kills
	@SIMULACRO_KILLS=20 $(BIN)/python -m pytest tests/e2e/test_kill.py

mutate: $(VENV)/.dev ## what the tests would miss: change the code a little, and see whether one fails
	@$(BIN)/python -m tests.tools.mutate

simulate: $(VENV)/.dev ## 200 whole interviews by simulated candidates: what they end at, what goes wrong (a minute)
	@$(BIN)/python -m tests.tools.simulate

substance: $(VENV)/.dev ## learn anew which words say something (half a minute)
	@$(BIN)/python -m tests.tools.substance

hits: $(VENV)/.dev ## how often scores lie where authors nobody tuned on put them
	@$(BIN)/python -m tests.tools.hits

snapshots: $(VENV)/.dev ## write anew what every message reads like, to be looked through before a commit
	@$(BIN)/python -m tests.tools.snapshots

docs: $(VENV)/.dev ## print the generated parts of the docs anew
	@$(BIN)/python -m tests.tools.diagram > docs/conversation.md
	@$(BIN)/python -m tests.tools.readme

requirements: $(VENV)/.dev ## pin the newest dependencies that fit, with hashes
	@$(BIN)/python -m tests.tools.requirements

clean: ## away with everything that can be made again
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	|| { echo "Simulacro needs Python 3.11 or newer; '$(PYTHON)' is older or missing." \
	"Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up (once, about half a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: requirements.txt pyproject.toml $(VENV)/.python
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
