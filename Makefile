# Two commands set everything up: "make demo" runs the main job on the samples, "make test" runs the checks.
# Both make their own environment in .venv; nothing is installed outside it but the system packages named in scripts/system-packages.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test samples bench clean

demo: $(VENV)/installed
	rm -rf $(DEMO)
	$(BIN)/congvan init $(DEMO) --profile samples/profiles/huyen-2023.toml
	cp samples/*/incoming.* $(DEMO)/1-van-ban-den/ 2>/dev/null || true
	$(BIN)/congvan run $(DEMO) --today 2023-09-26

test: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/installed-test: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/installed
