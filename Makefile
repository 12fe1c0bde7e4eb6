# Everything here needs only Python 3.11 or newer and make; `make demo` and `make test` set up what they use in .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test check spark bench clean format

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
	$(BIN)/python -m pytest -m "not slow and not spark" -n auto

spark: $(BIN)/.ready  ## the tests that need Spark: half a gigabyte to fetch once, and Java; says so where there is none
	@command -v java >/dev/null || echo "spark: there is no Java on the search path; nothing is settled on Spark"
	@! command -v java >/dev/null || $(BIN)/python -c "import pyspark" 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[spark]"
	$(BIN)/python -m pytest -m "spark and not slow" -rs tests/spark

check: $(BIN)/.ready  ## everything that must hold before a change lands
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m "not spark" -n auto --cov --cov-report=term --cov-fail-under=85

bench: $(BIN)/.ready  ## ratios against expert SQL and a bare scan; LINES=10000000 for more
	$(BIN)/python -m compileall -q contractlang  # as an installed wheel has it
	$(BIN)/python benchmarks/run.py --lines $(or $(LINES),1000000) --runs $(or $(RUNS),5)
	$(BIN)/python benchmarks/start_up.py

format: $(BIN)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache dist build *.egg-info
