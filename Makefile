# Two commands do everything on a fresh Debian machine with Swift 6.3:  make run  ·  make test
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= swift
RELEASE := -c release --static-swift-stdlib
PIPELINE := .build/release/pipeline

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

lint: ## Check the format of every source
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Format every source in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

clean: ## Remove what was built; artifacts stay
	rm -rf .build

.PHONY: help setup setup-test build run test lint format clean
