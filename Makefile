# `make run` and `make test` are all the set-up a fresh machine needs: Python 3.11 or newer, and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# One worker more than there are cores: many tests wait for a terminal, a server or a disk.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: run test mutate check format lock bench schema plan manual pictures clean

run: $(STAMP)
	$(BIN)/fazhi $(ARGS)

test: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

# Mutation tests of domain/; ARGS='fazhi_tui.domain.deadlines.dates*' for a part.  `mutmut show NAME` shows a survivor.
mutate: $(STAMP)
	$(BIN)/mutmut run $(ARGS)
	$(BIN)/mutmut results

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Exact versions of everything with their hashes, without naming any registry.
lock: $(STAMP)
	$(BIN)/pip-compile --quiet --extra dev --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links --no-header --allow-unsafe --output-file requirements.lock pyproject.toml

# The environment is made anew whenever what it is made from changes: what is locked and nothing else.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo '需要 Python 3.11 或更高版本；请安装后重试，或用 make PYTHON=python3.12 run 指定。'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--config-settings editable_mode=compat --editable .
	@touch $(STAMP)

# The plan's files are never written by hand: they come from the source and its corrections.
plan: $(STAMP)
	rm -f plan/[0-9]*.yaml plan/plan.yaml plan/units.yaml
	$(BIN)/fazhi import plan/source/document.txt --into .
	cp plan/source/document.txt plan/source/corrections.yaml fazhi_tui/service/demo/source/

schema: $(STAMP)
	$(BIN)/python -m fazhi_tui.records.schema plan/schema

# The pages that F1 shows, as one document; its tables of keys come from the table of actions.
manual: $(STAMP)
	PYTHONIOENCODING=utf-8 $(BIN)/python -m fazhi_tui.tui.dialogs.manual_text > docs/manual.md.new
	mv docs/manual.md.new docs/manual.md

# Ratios to the floor each thing stands on; ARGS='--rounds 30' or '--json'.
bench: $(STAMP)
	$(BIN)/python benchmarks/run.py $(ARGS)
	$(BIN)/python benchmarks/importing.py $(ARGS)
	$(BIN)/python benchmarks/lights.py $(ARGS)
	$(BIN)/python benchmarks/history.py $(ARGS)
	$(BIN)/python benchmarks/completing.py $(ARGS)
	$(BIN)/python benchmarks/screen.py $(ARGS)

# docs/pictures: painted from the kept pictures of the tests (needs fonts-noto-cjk), and the browser's own (chromium).
pictures: $(STAMP)
	$(BIN)/python -m tests.pictures.painting
	$(BIN)/python -m tests.pictures.browsing

clean:
	rm -rf $(VENV)
