# make run    set everything up and serve on 127.0.0.1:8000 (PORT= to change)
# make test   the tests that take little, offline, in a new order each time
# make check  the whole gate: format, lint, types, imports, dependencies, known vulnerabilities, every test, those that use a database also on a real PostgreSQL
# make orders  the tests on SQLite in five orders: none may depend on what ran before it
# make coverage  how much of the code the tests on SQLite run, by branches; the floor is in pyproject.toml
# make audit  known vulnerabilities of what is installed, risky code, secrets, workflows; says what it could not look at
# make fuzz   every parser of outside text by the branches that it reaches, for SECONDS (600)
# make soak   everything that once broke the server, together, for MINUTES (10) on DATABASE (sqlite, postgresql): what is lost, slow or grows
# make catalogues  the words of pages in each language, up to date with the pages; new ones wait to be translated
# make check-pages  scores of the seekers' pages by Lighthouse; make screenshots takes the pictures of docs/pages.md
# make docs   the site of docs/, in site/; a broken link fails
# make retrain-flow  retrains every week (deploy/prefect); make check-flow runs that flow once on a tiny world
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= data
BIN := .venv/bin
CHAMBA := $(BIN)/chamba
# With every folder of the checkout, of which the wheel has only those that serve.
INSTALL := $(BIN)/python -m pip install --config-settings editable_mode=compat --editable
# So many at a time, each of which takes a processor and 2 GB; a file's tests share what its fixtures made.
PROCESSES ?= 2
SECONDS ?= 600
MINUTES ?= 10
DATABASE ?= sqlite
PYTEST := $(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile
RUN_INSTALL := .venv/.installed-run
DEV_INSTALL := .venv/.installed-dev
PREFECT_INSTALL := .venv-prefect/.installed
CLIENT_INSTALL := .venv-client/.installed
TYPESCRIPT_INSTALL := deploy/typescript_client/node_modules/.installed
LIGHTHOUSE_INSTALL := deploy/lighthouse/node_modules/.installed
WHEEL_INSTALL := .venv-wheel/.installed
MODEL := $(DATA_DIR)/models/current/model.json
SAMPLE := $(DATA_DIR)/.sample
BUNDLE := $(DATA_DIR)/bundles/current/manifest.json
DEMO_KEY := $(DATA_DIR)/demo.key

export CHAMBA_DATA_DIR := $(DATA_DIR)
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: catalogues fuzz soak run test test-all orders check docs audit coverage format clean retrain-flow check-flow python-client typescript-client check-client check-wheel check-pages screenshots lock
.DELETE_ON_ERROR:

run: $(BUNDLE) $(DEMO_KEY)
	CHAMBA_PUBLIC_ADDRESS=$${CHAMBA_PUBLIC_ADDRESS:-http://127.0.0.1:$(PORT)} $(CHAMBA) serve --port $(PORT)

test: $(DEV_INSTALL)
	$(PYTEST) -m "not slow"

check: $(DEV_INSTALL)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(MAKE) docs audit test-all

audit: $(DEV_INSTALL)
	$(BIN)/python deploy/audit.py

# In one order, so that the gate says the same of the same change.
test-all: $(DEV_INSTALL)
	$(PYTEST) --randomly-seed 1
	$(PYTEST) --randomly-seed 1 --database postgresql

fuzz: $(DEV_INSTALL)
	$(BIN)/python -m tests.attacks.fuzzing $(SECONDS) $(DATA_DIR)/fuzz

# Alone on the machine: others' load is in the times of /healthz.
soak: $(DEV_INSTALL) $(BUNDLE)
	$(BIN)/python -m tests.attacks.soak --minutes $(MINUTES) --database $(DATABASE) --data-dir $(DATA_DIR)

# In five more.
orders: $(DEV_INSTALL)
	for seed in 2 3 4 5 6; do $(PYTEST) --randomly-seed $$seed || exit 1; done

coverage: $(DEV_INSTALL)
	$(PYTEST) --cov --cov-report=term:skip-covered

docs: $(DEV_INSTALL)
	$(BIN)/zensical build --strict

retrain-flow: $(RUN_INSTALL) $(PREFECT_INSTALL)
	.venv-prefect/bin/python deploy/prefect/flow.py serve

check-flow: $(DEV_INSTALL) $(PREFECT_INSTALL)
	$(BIN)/pytest tests/deploy/test_prefect_flow.py

# The wheel, in an environment of its own with what deploy/serving.lock names, by hash.
check-wheel: $(DEV_INSTALL) $(WHEEL_INSTALL)
	$(BIN)/pytest tests/deploy/test_wheel.py

# Every version and hash of the serving install, anew within the ranges of pyproject.toml.
lock: $(DEV_INSTALL)
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --upgrade --quiet --output-file deploy/serving.lock

check-client: $(DEV_INSTALL) $(CLIENT_INSTALL) $(TYPESCRIPT_INSTALL)
	$(BIN)/pytest tests/deploy/test_python_client.py tests/deploy/test_typescript_client.py

# What Lighthouse makes of the pages on a slow phone; alone on the machine: others' load is in its figures.
check-pages: $(DEV_INSTALL) $(LIGHTHOUSE_INSTALL)
	$(BIN)/pytest tests/pages/judge_on_a_phone.py

screenshots: $(DEV_INSTALL)
	mkdir -p docs/images/pages
	$(BIN)/pytest tests/pages --screenshots docs/images/pages

python-client: $(RUN_INSTALL) $(CLIENT_INSTALL)
	$(BIN)/python deploy/python_client/generate.py .venv-client/bin/openapi-python-client deploy/python_client/generated

typescript-client: $(RUN_INSTALL) $(TYPESCRIPT_INSTALL)
	$(BIN)/python deploy/typescript_client/generate.py deploy/typescript_client/generated

catalogues: $(DEV_INSTALL)
	$(BIN)/python deploy/catalogues.py

format: $(DEV_INSTALL)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .venv-prefect .venv-client .venv-wheel deploy/typescript_client/node_modules deploy/lighthouse/node_modules site .cache $(DATA_DIR)

.venv/pyvenv.cfg:
	$(PYTHON) -c 'import sys; sys.exit("Chamba needs Python 3.11 to 3.13, this is " + sys.version.split()[0]) if not (3, 11) <= sys.version_info < (3, 14) else None'
	$(PYTHON) -m venv .venv || { echo "no venv module: install it first (Debian: apt-get install python3-venv)"; rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --upgrade 'pip>=25.1' # the first that knows dependency groups

$(RUN_INSTALL): .venv/pyvenv.cfg pyproject.toml
	$(INSTALL) '.[train,registry]'
	touch $@

$(DEV_INSTALL): .venv/pyvenv.cfg pyproject.toml
	$(INSTALL) '.[train,wordpiece,registry,postgresql,xlsx]' --group dev
	touch $@

$(PREFECT_INSTALL): deploy/prefect/requirements.txt
	$(PYTHON) -m venv .venv-prefect
	.venv-prefect/bin/python -m pip install --requirement $<
	touch $@

$(CLIENT_INSTALL): deploy/python_client/requirements.txt
	$(PYTHON) -m venv .venv-client
	.venv-client/bin/python -m pip install --requirement $<
	touch $@

$(TYPESCRIPT_INSTALL): deploy/typescript_client/package.json deploy/typescript_client/package-lock.json
	command -v npm >/dev/null || { echo "no npm: install Node 18 or later first (Debian: apt-get install nodejs npm)"; exit 1; }
	npm ci --prefix deploy/typescript_client --ignore-scripts --no-audit --no-fund
	touch $@

$(LIGHTHOUSE_INSTALL): deploy/lighthouse/package.json deploy/lighthouse/package-lock.json
	command -v npm >/dev/null || { echo "no npm: install Node 18 or later first (Debian: apt-get install nodejs npm)"; exit 1; }
	npm ci --prefix deploy/lighthouse --ignore-scripts --no-audit --no-fund
	touch $@

$(WHEEL_INSTALL): deploy/serving.lock pyproject.toml
	$(PYTHON) -m venv .venv-wheel
	.venv-wheel/bin/python -m pip install --require-hashes --requirement $<
	touch $@

$(MODEL): training/released/towers.safetensors $(wildcard training/released/reranker.json) | $(RUN_INSTALL)
	$(CHAMBA) build-model

$(SAMPLE): | $(RUN_INSTALL)
	mkdir -p $(DATA_DIR)
	$(CHAMBA) sample --seed 7
	touch $@

$(DEMO_KEY): | $(SAMPLE)
	$(CHAMBA) partner create demo --adopt-people --key-file $@

$(BUNDLE): $(MODEL) | $(SAMPLE)
	$(CHAMBA) index
