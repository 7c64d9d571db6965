# make demo   the main job on the minutes of 6 June 1959
# make test   the whole test suite
# make lint   ruff and mypy
# make bench  the table of figures (DATA=folder with the gold collations)
# make bench-ocr  that of OCR quality (OCR_DATA=folder with what belongs to others)
# make bench-align  that of translation alignment (ALIGN_DATA=folder, likewise)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/gold
OCR_DATA ?= benchmarks/.data
ALIGN_DATA ?= benchmarks/.data
EDITION := witnesses/hoxha-choe-1959
MADE_FROM := { cat pyproject.toml setup.py src/variorum/_kernel.c; pwd -P; $(PYTHON) -V; } 2>&1
STAMP := $(VENV)/.made-$(shell $(MADE_FROM) | cksum | cut -d' ' -f1)
PACKAGES := tesseract-ocr tesseract-ocr-eng tesseract-ocr-sqi chromium fonts-courier-prime

.PHONY: demo test lint bench bench-ocr bench-align system-demo system-test

demo: $(STAMP)
	$(BIN)/python -m variorum.cli collate $(EDITION)
	@echo
	@echo "The report: $(EDITION)/build/report.html"

test: system-test $(STAMP)
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

bench: $(STAMP)
	$(BIN)/python -m benchmarks --data $(DATA)

bench-ocr: $(STAMP)
	$(BIN)/python -m benchmarks.ocr --data $(OCR_DATA)

bench-align: $(STAMP)
	$(BIN)/python -m benchmarks.align --data $(ALIGN_DATA)

# The environment is brought up to date when what it is made from has changed, and
# also when it was made for another place: an editable install points at one tree.
$(STAMP): | system-demo
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "variorum needs Python 3.11 or newer")'
	@$(BIN)/python -c '' 2>/dev/null || rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@rm -f $(VENV)/.made-*
	@touch $@

# A compiler makes the collation fast; without one the plain way is used.
system-demo:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh .ci/install python3-venv
	@command -v cc >/dev/null && $(PYTHON) -c 'import sysconfig, os, sys; sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' \
		|| sh .ci/install gcc libc6-dev python3-dev \
		|| echo "No C compiler: the plain Python way is used, slower and with the same results."

system-test:
	@command -v tesseract >/dev/null && command -v chromium >/dev/null \
		&& tesseract --list-langs 2>/dev/null | grep -qx sqi \
		&& test -e "/usr/share/fonts/opentype/courier-prime/Courier Prime.otf" \
		|| sh .ci/install $(PACKAGES)
