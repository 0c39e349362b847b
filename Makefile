# Two commands: `make run` opens the window, `make test` runs everything CI runs.
# Neither needs the other first; both make .venv on the first call.

PY := .venv/bin/python
SOURCES := workbench tests packaging

# Tests run two at a time on two cores; matrix libraries must not add threads of their own.
export OPENBLAS_NUM_THREADS ?= 1

# Every engine and command of the tests is a process: none should compile the program again, and
# all write as they do for a user, through a buffer.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONUNBUFFERED

.PHONY: setup run test bench lint types contracts unit consumers timing screenshots translations pages \
	wheel bundle deb try-bundle try-clean clean

setup:
	@bash packaging/setup.sh test

run:
	@bash packaging/setup.sh run
	@$(PY) -m workbench

test: setup lint types contracts unit consumers timing

lint:
	$(PY) -m ruff check $(SOURCES)
	$(PY) -m ruff format --check $(SOURCES)
	$(PY) -m vulture

types:
	$(PY) -m mypy

contracts:
	.venv/bin/lint-imports

# Two halves: what may share the machine, and what measures time and must not.
unit:
	$(PY) -m pytest -q -n 2 --dist worksteal -m "not timing and not bench and not consumer"

# The programs that exported files are for (llm, promptfoo, LangChain…), installed in .consumers.
consumers: setup
	@bash packaging/consumers.sh
	$(PY) -m pytest -q -n 2 -m consumer

timing:
	$(PY) -m pytest -q -n 0 -m "timing and not bench"

bench: setup
	$(PY) -m workbench bench
	$(PY) packaging/bench_compare_window.py
	$(PY) packaging/bench_cluster.py
	$(PY) -m pytest -q -n 0 -m bench

# The pictures in the README, from the real window after real generations.
screenshots: setup
	$(PY) packaging/screenshots.py

# Packages for others, in dist/. None of them is part of `make test`.
wheel: setup
	$(PY) -m pip install -q --group build
	$(PY) -m build -q

bundle:
	@bash packaging/bundle/build.sh

deb: bundle
	python3 packaging/linux/deb.py

# As root on Debian: the .deb in a bare system, and this repository in another.
try-bundle:
	bash packaging/try_bundle.sh

try-clean:
	bash packaging/try_clean_clone.sh

# Gathers the window's texts into assets/translations/*.ts (Qt Linguist) and compiles them.
translations: setup
	$(PY) packaging/translations.py

# The guide's pages that are written from the commands, metrics, tables and settings.
pages:
	$(PY) packaging/cli_page.py
	$(PY) packaging/metrics_page.py
	$(PY) packaging/history_page.py
	$(PY) packaging/settings_page.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
