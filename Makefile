# The long tests. The ordinary ones run with `pytest`.

PYTHON ?= python
SEED ?= 1
FUZZ_SECONDS ?= 600

.PHONY: audit fault-tests fuzz

# docs/faults.md; each script takes --rounds and --seed, prints a table, and fails on a broken promise
fault-tests:
	$(PYTHON) tests/faults/kills.py --rounds 100 --seed $(SEED)
	$(PYTHON) tests/faults/calls.py --rounds 300 --seed $(SEED)
	$(PYTHON) tests/faults/full_disk.py --rounds 40 --seed $(SEED)
	$(PYTHON) tests/faults/rivals.py --rounds 24 --seed $(SEED)
	$(PYTHON) tests/faults/clocks.py --rounds 16 --seed $(SEED)
	$(PYTHON) tests/faults/power_cut.py --rounds 40 --seed $(SEED)
	$(PYTHON) tests/faults/dataset_kills.py 200

# ten minutes for each reader of foreign data (see its head)
fuzz:
	$(PYTHON) tests/faults/fuzz.py main --seconds $(FUZZ_SECONDS) --seed $(SEED)

# what newscrawl runs on: bounds, licences, files as installed, known vulnerabilities (see its head)
audit:
	$(PYTHON) tests/audit.py
