# `make run` opens the worklist, `make test` runs the tests; both set up .venv first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# One more than there are processors: many tests wait for a terminal.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: run demo test quick slow check format animation bench soak audit licences completion man dist lock clean

run: $(READY) | .cases
	@$(BIN)/imr-tui .cases

demo: $(READY)
	@$(BIN)/imr-tui demo

# Made once, whole or not at all; from then on it is the user's, and `make clean` keeps it.
.cases:
	@rm -rf .cases.new
	@umask 077 && mkdir .cases.new && cp cases/*.toml .cases.new && chmod 600 .cases.new/*
	@$(BIN)/imr-tui letter .cases.new/CM14-0187654.toml -o .cases.new/CM14-0187654.txt
	@mv .cases.new .cases

# The tests are compiled once, even where Python is not to keep what it compiles.
test quick slow: export PYTHONDONTWRITEBYTECODE =

test: $(READY)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow"

# What neither needs the app nor takes long; the rest is not even loaded.
quick: $(READY)
	@HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -q -n 2 --dist worksteal \
		-p no:textual-snapshot -p no:syrupy -m "not slow and not process" \
		$(addprefix --ignore=,tests/ui tests/terminal tests/soak tests/bench \
			$(shell grep -rl '^pytestmark = pytest.mark.process' tests --include='test_*.py'))

slow: $(READY)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m slow

check: $(READY)
	@$(BIN)/ruff format --check imr_tui tests
	@$(BIN)/ruff check imr_tui tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.lint imr_tui

format: $(READY)
	@$(BIN)/ruff format imr_tui tests
	@$(BIN)/ruff check --fix imr_tui tests

# The README's animation, of the demonstration as the app shows it now.
animation: $(READY)
	@$(BIN)/python -m tests.animation

# The manual pages in imr_tui/man; commit the result.
man: $(READY)
	@$(BIN)/python -m tests.man

# Posting is one of the floors; it has a lock file and a place of its own, and may be missing.
bench: $(READY)
	@$(MAKE) --silent --no-print-directory .venv/bench/.ready || \
		echo "posting cannot be installed; the bench goes on without it" >&2
	@$(BIN)/python -m tests.bench $(BENCH)

soak: $(READY)
	@$(BIN)/python -m tests.soak $(SOAK)

# Known vulnerabilities in what is installed; the tool has a lock file and a place of its own.
audit: $(READY) .venv/audit/.ready
	@$(BIN)/python -m tests.audit .venv/audit/bin/pip-audit

licences: $(READY)
	@$(BIN)/python -m tests.licences

# What completion offers: the options of the commands, and the rules.
completion: $(READY)
	@$(BIN)/python -m tests.completions

# The sdist and the wheel in .dist, the wheel tried in an empty environment outside of the checkout.
dist: $(READY)
	@$(BIN)/python -m tests.dist .dist

.venv/audit/.ready: .ci/audit.lock $(READY)
	@$(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/audit.lock
	@touch $@

.venv/bench/.ready: .ci/bench.lock $(READY)
	@$(PYTHON) -m venv .venv/bench
	@.venv/bench/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/bench.lock
	@touch $@

# Everything that is installed is named and hashed in requirements.lock.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "imr-tui needs Python 3.11 or later; name it with PYTHON=..." >&2; exit 2; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q imr_tui
	@touch $@

# Resolve the dependencies again (needs uv); commit the result.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --group dev --extra pdf --extra shared pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --group audit -o .ci/audit.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --group bench -o .ci/bench.lock

clean:
	rm -rf .venv .dist
