# Each target works on a fresh machine that has only Python 3.11, pip and make; the second run is quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEV := $(VENV)/.stamp-dev
RUN := $(VENV)/.stamp-run

.PHONY: demo test lint types layers slow coverage bench mutants clean

demo: $(RUN)  ## the main job: which reforms end mutual avoidance in the county, with a proof
	$(BIN)/blamegame solve h_county
	$(BIN)/blamegame reforms h_county --certificate $(VENV)/h_county.json
	$(BIN)/blamegame verify $(VENV)/h_county.json

test: $(DEV)  ## the test suite
	$(BIN)/python -m pytest -n 2

slow: $(DEV)  ## the long suites
	$(BIN)/python -m pytest -n 2 -m slow

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

layers: $(DEV)
	$(BIN)/lint-imports

coverage: $(DEV)  ## branch coverage: at least 95 %, certificates 100 %
	$(BIN)/python -m pytest -n 2 --cov --cov-report=
	$(BIN)/coverage report --skip-covered --fail-under=95
	$(BIN)/coverage report --include='blamegame/certificates/*' --fail-under=100

mutants: $(DEV)  ## a mutation run over the checker of certificates: at least 95 % are killed; it lists the others
	$(BIN)/python tests/certificates/forging/mutants.py

bench: $(DEV)  ## ratios against peers, printed and written to benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

$(VENV)/bin/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(RUN): pyproject.toml $(VENV)/bin/uv
	@if [ ! -e $(DEV) ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements-dev.txt -e .; fi
	@touch $@

$(DEV): pyproject.toml requirements-dev.txt $(VENV)/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@ $(RUN)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
