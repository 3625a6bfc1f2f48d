# `make demo` and `make test` are all the set-up there is.
.DEFAULT_GOAL := help
.PHONY: help demo test soak bench observatory-bench claims-benchmark format lock clean

BIN := .venv/bin

help: ## say what can be made
	@echo "make TARGET, one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

demo: ## set up, build the sample partnership's assessment, say where it lies
	@scripts/setup runtime
	@rm -rf build/demo
	@$(BIN)/wardmote demo --out build/demo

test: ## set up all that the tests need, the system browser included, and run every check and test
	@scripts/setup test
	@scripts/test

soak: ## the long runs: large files, killed loads and servers, full disks, two hundred contributors, journeys by mouse
	@scripts/setup test
	@$(BIN)/pytest -m soak -q
	@$(BIN)/python -m benchmarks.soak

bench: ## how fast, each measurement beside its bare limit, in one table
	@scripts/setup test
	@$(BIN)/python -m benchmarks

observatory-bench: ## every page of the observatory on all Kent data while files are loaded, beside the store asked by hand
	@$(BIN)/python -m benchmarks.observatory $(ARGS)

claims-benchmark: ## how the checker's verdicts agree with claims worked by hand, and whom it accuses (needs the documents beside the project)
	@scripts/setup test
	@$(BIN)/python benchmarks/claims_worked.py $(ARGS)

format: ## lay out the code and mend what can be mended
	@scripts/setup test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## choose and write down the newest versions that fit (needs uv and the network)
	@scripts/lock

clean: ## remove the set-up and all that was built
	rm -rf .venv .setup.log build dist .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
