# Two commands set everything up: "make demo" runs the main job on the samples, "make test" runs the checks.
# Both make their own environment in .venv; nothing is installed outside it but the system packages named in scripts/system-packages.sh.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test samples bench clean

demo: $(VENV)/installed
	scripts/system-packages.sh
	rm -rf $(DEMO)
	$(call run_demo,huyen,huyen-2023,2023-10-05,pdf)
	$(call run_demo,xa,xa-2026,2026-03-16,docx)

# A workspace in $(DEMO): its name, which is also how its samples begin; the profile; the day of the run; the form of the samples.
# "congvan run" returns 1 when files were refused: two of the samples must be.
define run_demo
	$(BIN)/congvan init $(DEMO)/$(1) --profile samples/profiles/$(2).toml
	cp samples/$(1)-*/$(1)-*.$(4) $(DEMO)/$(1)/1-van-ban-den/
	$(BIN)/congvan run $(DEMO)/$(1) --today $(3) || test $$? -eq 1
endef

test: $(VENV)/installed-test
	scripts/system-packages.sh browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest
	$(BIN)/python scripts/evaluate.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	sh scripts/system-packages.sh
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/installed-test: $(VENV)/bin/python pyproject.toml
	sh scripts/system-packages.sh
	$(BIN)/pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/installed

bench: $(VENV)/installed
	$(BIN)/python scripts/bench.py
