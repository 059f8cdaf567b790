# `make` lists the targets. Each is one command that also works without make.
.DEFAULT_GOAL := help
.PHONY: help run demo check quick format clean

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## builds and starts the service on its embedded PostgreSQL
	mvn -Dquick -Dmaven.test.skip spring-boot:run

demo: ## the same, with a generated week of shops to look at
	mvn -Dquick -Dmaven.test.skip spring-boot:run -Dspring-boot.run.arguments=--demo

check: ## the whole gate, as CI runs it: build, lint, every test, clean tree
	.ci/run

quick: ## compiles and runs the unit tests; no linter, no formatter, no coverage
	mvn -B -ntp -Dquick test

format: ## formats every Java file
	mvn -B -ntp -q spotless:apply

clean: ## removes what was built
	mvn -B -ntp -q clean
