# On a fresh Debian machine with Swift 6.3:  make run  ·  make test
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

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: ## Install the system libraries that are missing (root or sudo)
	@Scripts/setup build

setup-test: ## … and those that the tests need
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

run: build ## Build, and run Fashion-MNIST from Debian's package to a report
	$(PIPELINE) run pipelines/fashion-mnist.yaml

test: setup-test setup-browser ## Run every test, in debug and in release
	Scripts/test
	@echo "== browser"
	SAMPLES=release Tests/BrowserTests/run test

test-browser: setup-browser ## Test the reports in headless Chromium
	Tests/BrowserTests/run test

screenshots: setup-browser ## Renew the screenshots of the documentation
	Tests/BrowserTests/run screenshots

crash: setup-test ## Inject faults into complete pipelines: kills, I/O errors, damage (slow)
	Scripts/crash --all

exhaustive: setup-test ## Check all 2^32 floats of the elementary functions, on every instruction set (slow)
	nice -n 19 $(SWIFT) run -c release exhaustive-check

prove-bits: setup-test ## Compute the goldens on every instruction set, emulated processors and aarch64
	$(SWIFT) build $(RELEASE) --product KernelGoldens
	$(SWIFT) build --product KernelGoldens
	Tests/CrossCheck/prove --debug $(ARGS)

differential: $(DIFFERENTIAL_VENV)/ready ## Compare random networks with PyTorch in float64: make differential ARGS="--count 2000" (installs 1 to 5 GB)
	$(SWIFT) build $(RELEASE) --product pipeline
	nice -n 19 $(DIFFERENTIAL_VENV)/bin/python Tests/Differential/differential.py $(PIPELINE) $(ARGS)

$(DIFFERENTIAL_VENV)/ready: Tests/Differential/requirements.txt
	python3 -m venv $(DIFFERENTIAL_VENV)
	$(DIFFERENTIAL_VENV)/bin/pip install --quiet -r $<
	touch $@

bench: ## Measure the training speed: make bench ARGS="conv --repeat 5"
	$(SWIFT) build $(RELEASE) --product TrainingSpeed
	.build/release/TrainingSpeed $(ARGS)

bench-peers: $(PEERS_VENV)/bin/python ## Compare the training speed with PyTorch and JAX (slow; installs 5.4 GB into PEERS_VENV)
	$(SWIFT) build $(RELEASE) --product pipeline
	$(SWIFT) build $(RELEASE) --product TrainingSpeed
	PEERS_VENV=$(PEERS_VENV) python3 Benchmarks/peers/bench.py $(ARGS)

$(PEERS_VENV)/bin/python:
	python3 -m venv $(PEERS_VENV)
	$(PEERS_VENV)/bin/pip install --quiet -r Benchmarks/peers/requirements.txt

bench-kernels: ## Measure each kernel's GFLOP/s and bytes/s, and the peaks of the machine
	$(SWIFT) run $(RELEASE) KernelRates $(ARGS)

bench-price: ## Measure the cost of reproducible bits: kernels against the same work in any order
	$(SWIFT) run $(RELEASE) DeterminismPrice

setup-browser: ## Install Chromium and its driver; without them the browser tests are skipped
	-@Scripts/setup browser

example: setup ## Build and run Examples/OwnModel as a separate package
	$(SWIFT) run -c release --package-path Examples/OwnModel

lint: ## Check the format of every source
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Format every source in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

clean: ## Remove what was built; artifacts stay
	rm -rf .build

.PHONY: help setup setup-test setup-browser build install install-files run test test-browser \
  screenshots crash exhaustive prove-bits differential bench bench-peers bench-kernels bench-price example lint format clean
