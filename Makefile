# The five words a newcomer needs: run, demo, test, lint, bench. All of them make .venv first, once.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run demo install test lint bench chaos fuzz accuracy clean

PIP := .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input

help:
	@echo "make run      everything in one process: intake on port 8080, the officers' panel on 8081"
	@echo "make demo     the same on a throw-away database filled with invented messages"
	@echo "make test     every check and every test"
	@echo "make lint     the checks alone: ruff, mypy, import contracts"
	@echo "make bench    the benchmarks, each beside its floor"
	@echo "make install  .venv with the product alone: .venv/bin/lakana"
	@echo "make chaos    the long tests: kill, cut, fill"
	@echo "make fuzz     ten minutes of texts nobody would write; FUZZ_SECONDS=60 for one"
	@echo "make accuracy writes docs/accuracy.md: how well texts are read"
	@echo "make clean    removes what make made; your data in var/ stays"

# Trying out is the reason to type this; real work says LAKANA_MODE=production (docs/running.md).
run: install
	@LAKANA_MODE="$${LAKANA_MODE:-development}" exec .venv/bin/lakana up

demo: install
	@exec .venv/bin/lakana demo

install: .venv/.compiled

.venv/.installed: requirements/run.txt pyproject.toml
	@scripts/venv
	@echo "Installing Lakana into .venv (about a minute, once) …"
	@$(PIP) install --require-hashes --no-deps -r requirements/run.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@

.venv/.compiled: .venv/.installed scripts/compile $(wildcard parsers/*.py parsers/*/*.py)
	@scripts/compiler
	@.venv/bin/python scripts/compile
	@touch $@

.venv/.tested: .venv/.compiled requirements/test.txt
	@echo "Installing what the tests need into .venv …"
	@$(PIP) install --require-hashes --no-deps -r requirements/test.txt
	@touch $@

lint: .venv/.tested
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports

test: lint
	@scripts/test-programs
	.venv/bin/pytest --numprocesses=2 --dist=loadfile

chaos: .venv/.tested
	@scripts/test-programs
	.venv/bin/pytest -m long

bench: .venv/.tested
	.venv/bin/python scripts/bench

accuracy: .venv/.tested
	.venv/bin/python scripts/accuracy

# The fuzzer has wheels for Linux alone, so the tests do without it.
.venv/.fuzzing: .venv/.installed requirements/fuzz.txt
	@echo "Installing the fuzzer into .venv …"
	@$(PIP) install --require-hashes --no-deps -r requirements/fuzz.txt
	@touch $@

fuzz: .venv/.fuzzing
	.venv/bin/python scripts/fuzz

clean:
	rm -rf .venv build *.egg-info var-demo .fuzz .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find parsers -name "*.so" -delete; rm -f parsers/compiled.stamp
