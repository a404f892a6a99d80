# Two commands do everything on a fresh Debian 12 machine with Swift 6.2 or later:
#   make site   system packages, release build, the example study rendered into public/
#   make test   the same set-up and all tests
# Both may be run again at any time, as root or with sudo.

SWIFT ?= swift
BUILD_FLAGS = --explicit-target-dependency-import-check error
PROGRAM = .build/release/valuemap

.PHONY: site test setup build format lint example-data clean

site: setup
	$(SWIFT) build -c release --product valuemap $(BUILD_FLAGS)
	$(PROGRAM) build --study .
	@echo
	@echo "The example study is in public/: open public/index.html in a browser,"
	@echo "or preview it with live reload: $(PROGRAM) serve"

test: setup lint
	$(SWIFT) build --build-tests $(BUILD_FLAGS)
	$(SWIFT) test --skip-build
	./Tests/end-to-end.sh
	./Tests/kill-test.sh "$$($(SWIFT) build --show-bin-path)/valuemap" 12
	python3 Tests/preview/probe.py "$$($(SWIFT) build --show-bin-path)/valuemap"
	python3 Tests/faults/injection.py "$$($(SWIFT) build --show-bin-path)/valuemap"
	python3 Tests/faults/faults.py "$$($(SWIFT) build --show-bin-path)/valuemap" 12
	python3 Tests/faults/privacy.py "$$($(SWIFT) build --show-bin-path)/valuemap"
	SLOW=60 python3 Tests/faults/bad_inputs.py "$$($(SWIFT) build --show-bin-path)/valuemap" 40
	./Tests/browser/run.sh "$$($(SWIFT) build --show-bin-path)/valuemap"

setup:
	./Tools/install-packages.sh

lint:
	@tool=$$(command -v swift-format || true); \
	if [ -z "$$tool" ]; then tool="$$(dirname "$$(readlink -f "$$(command -v $(SWIFT))")")/swift-format"; fi; \
	if [ ! -x "$$tool" ]; then echo "swift-format was not found beside swift: lint skipped"; exit 0; fi; \
	"$$tool" lint --strict --recursive --parallel Package.swift Sources Tests Plugins

format:
	swift-format format --in-place --recursive --parallel Package.swift Sources Tests Plugins

# Writes content/data/ anew; the files are the same at every run.
example-data:
	$(SWIFT) run --package-path Tools/ExampleData

clean:
	rm -rf .build .valuemap
