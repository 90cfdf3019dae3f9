.DEFAULT_GOAL := help
.PHONY: help start stop check test test-unit test-process test-integration test-e2e test-compose bench backup backup-info backup-check status \
  restore-latest restore-backup restore-pitr deploy logs backup-config regenerate-config
SHELL := /bin/bash

help: ## What can be done here
	@awk -F ':.*## ' '/^[a-z -]+:.*## /{ printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

start: ## Make, build and run all of it in the foreground; Ctrl-C stops it
	@exec bash local/start

stop: ## Stop what make start runs, from another terminal
	@exec bash local/stop

check: ## Types, lint and unit tests: fast
	@bash local/install
	@node_modules/.bin/tsc --noEmit
	@node_modules/.bin/eslint .
	@node_modules/.bin/vitest run --project=unit

test: ## Every layer of tests; one of them: test-unit, test-process, test-integration, test-e2e, test-compose
	@exec bash local/test

test-unit test-process test-integration test-e2e test-compose: test-%:
	@exec bash local/test $*

bench: ## Measure what is promised, as JSON
	@bash local/install postgresql pgbackrest chromium >&2
	@node worker/build.mjs >&2
	@node --import tsx bench/main.ts

backup: ## Take a backup and follow it: TYPE=full, diff or incr
	@bash local/cli backup --type=$(or $(TYPE),incr)

backup-info: ## The backup sets there are
	@bash local/cli info

backup-check: ## Archive a WAL segment and see that it arrives
	@bash local/cli check

status: ## Whether the shop is protected, and what runs
	@bash local/cli status
	@if [ -e .env ]; then docker compose ps --all; fi

restore-latest: ## Restore the newest point there is; asks first, or CONFIRM=salespider
	@bash local/confirm "$(CONFIRM)" --latest

restore-backup: ## Restore one backup exactly: BACKUP_SET=20261124-020000F
	@bash local/confirm "$(CONFIRM)" --set="$(BACKUP_SET)"

restore-pitr: ## Restore a moment: TARGET="2026-11-24 14:03:22", in the shop's zone unless it names an offset
	@bash local/confirm "$(CONFIRM)" --time="$(TARGET)"

deploy: ## Build the images and run everything in containers, from .env
	@exec bash docker/deploy

logs: ## Follow what the containers say; SERVICE=backup for one of them
	@docker compose logs --follow --tail=100 $(SERVICE)

backup-config: ## pgBackRest's configuration as it was generated, without its secrets
	@bash local/deployment show

regenerate-config: ## Write the configuration anew from .env, and have everything take it up
	@bash local/deployment regenerate
