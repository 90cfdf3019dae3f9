.DEFAULT_GOAL := help
.PHONY: help start stop check test test-unit test-process test-integration test-e2e bench backup backup-info backup-check \
  restore-latest restore-backup restore-pitr
SHELL := /bin/bash

help: ## What can be done here
	@awk -F ':.*## ' '/^[a-z -]+:.*## /{ printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

start: ## Make, build and run all of it in the foreground; Ctrl-C stops it
	@exec bash local/start

stop: ## Stop what make start runs, from another terminal
	@exec bash local/stop

check: ## Types, lint and unit tests: fast
	@bash local/install
	@node_modules/.bin/tsc --noEmit
	@node_modules/.bin/eslint .
	@node_modules/.bin/vitest run --project=unit

test: ## Every layer of tests; one of them: test-unit, test-process, test-integration, test-e2e
	@exec bash local/test

test-unit test-process test-integration test-e2e: test-%:
	@exec bash local/test $*

bench: ## Measure what is promised, as JSON
	@bash local/install postgresql pgbackrest chromium >&2
	@node --import tsx bench/main.ts

backup: dist/cli.js ## Take a backup and follow it: TYPE=full, diff or incr
	@node dist/cli.js backup --type=$(or $(TYPE),incr)

backup-info: dist/cli.js ## The backup sets there are
	@node dist/cli.js info

backup-check: dist/cli.js ## Archive a WAL segment and see that it arrives
	@node dist/cli.js check

restore-latest: dist/cli.js ## Restore the newest point there is; asks first, or CONFIRM=salespider
	@bash local/confirm "$(CONFIRM)" --latest

restore-backup: dist/cli.js ## Restore one backup exactly: BACKUP_SET=20261124-020000F
	@bash local/confirm "$(CONFIRM)" --set="$(BACKUP_SET)"

restore-pitr: dist/cli.js ## Restore a moment: TARGET="2026-11-24 14:03:22", in the shop's zone unless it names an offset
	@bash local/confirm "$(CONFIRM)" --time="$(TARGET)"

dist/cli.js:
	@echo 'Not built yet: make start builds it and runs what it talks to.' >&2; exit 1
