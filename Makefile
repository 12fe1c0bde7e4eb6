# Everything here needs only Python 3.11 or newer and make; `make demo` and `make test` set up what they use in .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LAYERS := 100000,1000000,10000000

.PHONY: demo test check bench bench-report clean format

$(BIN)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	$(BIN)/python -m compileall -q contractlang
	touch $@

demo: $(BIN)/.ready  ## settle a real example: youth care with a ceiling
	$(BIN)/contractlang check examples/youth_care/contract.zc
	$(BIN)/contractlang test examples/youth_care/contract.zc
	$(BIN)/contractlang settle examples/youth_care/contract.zc examples/youth_care

test: $(BIN)/.ready  ## the tests
	$(BIN)/python -m pytest -m "not slow" -n auto

check: $(BIN)/.ready  ## everything that must hold before a change lands
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-fail-under=85

$(BIN)/.ready-bench: $(BIN)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	touch $@

bench: $(BIN)/.ready-bench  ## everything that is measured, in a quarter of an hour; SIZES=1000000 RUNS=9 for some, SIZES=100000000 for more
	$(BIN)/python -m compileall -q contractlang  # as an installed wheel has it
	$(BIN)/python -m benchmarks.run $(if $(SIZES),--sizes $(SIZES)) --runs $(or $(RUNS),5)
	$(BIN)/python -m benchmarks.run --contract layers --sizes $(or $(SIZES),$(LAYERS)) --runs $(or $(RUNS),5)
	$(BIN)/python -m benchmarks.many --lines 10000000 --contracts 500 --runs 1
	$(BIN)/python -m benchmarks.start_up

bench-report: $(BIN)/.ready-bench  ## the tables and the plot of docs/performance.md from what was measured last
	$(BIN)/python -m benchmarks.report

format: $(BIN)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache dist build *.egg-info
