# Two commands do everything on a fresh Debian machine with Swift 6.3:  make run  ·  make test
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= swift
RELEASE := -c release --static-swift-stdlib
PIPELINE := .build/release/pipeline
ARGS ?=

help: ## What each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: ## Install the system libraries that are missing (root or sudo)
	@Scripts/setup build

setup-test: ## … and what the tests use beside them
	@Scripts/setup build test

build: setup ## Build the command in release mode
	$(SWIFT) build $(RELEASE) --product pipeline

run: build ## The main job: Fashion-MNIST from Debian's package to a report
	$(PIPELINE) run pipelines/fashion-mnist.yaml

test: setup-test ## Every test, in debug and in release, as on each landing
	Scripts/test

test-browser: setup-browser ## The reports in headless Chromium: no network, no errors, accessible
	Tests/BrowserTests/run

screenshots: setup-browser ## Renew the pictures of the documentation
	Tests/BrowserTests/run screenshots

crash: setup-test ## Kill, starve and damage whole pipelines; takes long
	Scripts/crash --all

exhaustive: setup-test ## All 2^32 floats of the five functions, on every instruction set; takes long
	nice -n 19 $(SWIFT) run -c release exhaustive-check

prove-bits: setup-test ## The kernels' bits on emulated processors and on aarch64
	$(SWIFT) build && $(SWIFT) test --filter KernelsTests
	Tests/CrossCheck/run

bench: ## Our speed alone, one line a row: make bench ARGS="conv --repeat 5"
	$(SWIFT) build $(RELEASE) --product TrainingSpeed
	.build/release/TrainingSpeed $(ARGS)

setup-browser:
	@Scripts/setup browser

lint: ## Check the format of every source
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Format every source in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

clean: ## Remove what was built; artifacts stay
	rm -rf .build

.PHONY: help setup setup-test setup-browser build run test test-browser screenshots crash exhaustive \
  prove-bits bench lint format clean
