# Two commands do everything on a fresh Debian machine with Swift 6.3:  make run  ·  make test
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= swift
RELEASE := -c release --static-swift-stdlib
PIPELINE := .build/release/pipeline
PREFIX ?= /usr/local
ARGS ?=
PEERS_VENV ?= $(HOME)/.cache/pipeline/peers
DIFFERENTIAL_VENV ?= $(HOME)/.cache/pipeline/differential

help: ## What each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: ## Install the system libraries that are missing (root or sudo)
	@Scripts/setup build

setup-test: ## … and what the tests use beside them
	@Scripts/setup build test

build: setup ## Build the command in release mode
	$(SWIFT) build $(RELEASE) --product pipeline

install: build install-files ## Install the command, manual pages and completions: make install PREFIX=~/.local

# Without building: whatever PIPELINE is. DESTDIR is for packagers.
install-files: ROOT = $(DESTDIR)$(PREFIX)
install-files:
	install -d "$(ROOT)"/{bin,share/man/man1,share/bash-completion/completions} \
	  "$(ROOT)"/share/{zsh/site-functions,fish/vendor_completions.d}
	install -m 755 $(PIPELINE) "$(ROOT)/bin/pipeline"
	$(PIPELINE) reference --man "$(ROOT)/share/man/man1" >/dev/null
	$(PIPELINE) completions bash > "$(ROOT)/share/bash-completion/completions/pipeline"
	$(PIPELINE) completions zsh > "$(ROOT)/share/zsh/site-functions/_pipeline"
	$(PIPELINE) completions fish > "$(ROOT)/share/fish/vendor_completions.d/pipeline.fish"

run: build ## The main job: Fashion-MNIST from Debian's package to a report
	$(PIPELINE) run pipelines/fashion-mnist.yaml

test: setup-test setup-browser ## Every test, in debug and in release, as on each landing
	Scripts/test
	@echo "== browser"
	SAMPLES=release Tests/BrowserTests/run test

test-browser: setup-browser ## The reports in headless Chromium: no network, no errors, accessible
	Tests/BrowserTests/run test

screenshots: setup-browser ## Renew the pictures of the documentation
	Tests/BrowserTests/run screenshots

crash: setup-test ## Kill, starve and damage whole pipelines; takes long
	Scripts/crash --all

exhaustive: setup-test ## All 2^32 floats of the five functions, on every instruction set; takes long
	nice -n 19 $(SWIFT) run -c release exhaustive-check

prove-bits: setup-test ## The goldens on every instruction set, emulated processors and aarch64, as one table
	$(SWIFT) build $(RELEASE) --product KernelGoldens
	$(SWIFT) build --product KernelGoldens
	Tests/CrossCheck/prove --debug $(ARGS)

differential: $(DIFFERENTIAL_VENV)/ready ## Random networks beside PyTorch in float64: make differential ARGS="--count 2000"; 1 to 5 GB outside the tree
	$(SWIFT) build $(RELEASE) --product pipeline
	nice -n 19 $(DIFFERENTIAL_VENV)/bin/python Tests/Differential/differential.py $(PIPELINE) $(ARGS)

$(DIFFERENTIAL_VENV)/ready: Tests/Differential/requirements.txt
	python3 -m venv $(DIFFERENTIAL_VENV)
	$(DIFFERENTIAL_VENV)/bin/pip install --quiet -r $<
	touch $@

bench: ## Our speed alone, one line a row: make bench ARGS="conv --repeat 5"
	$(SWIFT) build $(RELEASE) --product TrainingSpeed
	.build/release/TrainingSpeed $(ARGS)

bench-peers: $(PEERS_VENV)/bin/python ## Ours beside PyTorch and JAX; takes long, and 5.4 GB outside the tree (PEERS_VENV)
	$(SWIFT) build $(RELEASE) --product pipeline
	$(SWIFT) build $(RELEASE) --product TrainingSpeed
	PEERS_VENV=$(PEERS_VENV) python3 Benchmarks/peers/bench.py $(ARGS)

$(PEERS_VENV)/bin/python:
	python3 -m venv $(PEERS_VENV)
	$(PEERS_VENV)/bin/pip install --quiet -r Benchmarks/peers/requirements.txt

bench-kernels: ## Each kernel's GFLOP/s and bytes a second beside the peaks of the machine
	$(SWIFT) package --package-path Benchmarks --allow-writing-to-package-directory \
	  benchmark --no-progress --grouping metric $(ARGS)

bench-price: ## What fixed bits cost: kernels beside the same work in free order
	$(SWIFT) run -c release --package-path Benchmarks DeterminismPrice

setup-browser: ## Chromium and what drives it; without them its tests are skipped, with the reason
	-@Scripts/setup browser

example: setup ## Build and run the model of one's own as a package of its own
	$(SWIFT) run -c release --package-path Examples/OwnModel

lint: ## Check the format of every source
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Format every source in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

clean: ## Remove what was built; artifacts stay
	rm -rf .build

.PHONY: help setup setup-test setup-browser build install install-files run test test-browser \
  screenshots crash exhaustive prove-bits differential bench bench-peers bench-kernels bench-price example lint format clean
