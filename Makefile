# The list of verbs. `make build` and `make test` work on a fresh Debian/Ubuntu with git, make and Python >= 3.11.
.DEFAULT_GOAL := help
.PHONY: help build test check format docs pictures sample archive messages lock wheel clean

PYTHON ?= python3
BIN := .venv/bin
RUN_SYSTEM := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# Java and Node may be there from elsewhere; Debian's packages of them do not go with those.
TEST_SYSTEM := chromium fontconfig fonts-liberation2 icu-devtools libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils qpdf softhsm2 \
  $(if $(shell command -v java),,default-jre-headless) $(if $(shell command -v npm),,nodejs npm)
PICTURE_SYSTEM := chromium fontconfig fonts-liberation2 libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils
MESSAGES := chungtay_reports/cli/locale/vi/LC_MESSAGES/chungtay
SOURCES := chungtay_reports tests scripts benchmarks

help: ## danh sách lệnh
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: .stamps/run ## cài đặt rồi dựng các ấn phẩm của kho này vào build/
	$(BIN)/chungtay build

test: .stamps/dev .stamps/oracles .stamps/web ## cài những gì bài kiểm tra cần rồi chạy tất cả
	$(BIN)/pytest -n 2 --dist worksteal

check: .stamps/dev ## kiểm tra mã: ruff, mypy, import-linter; kiểm tra nội dung: chungtay check
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/mypy --config-file tests/mypy.ini
	$(BIN)/lint-imports --no-logo
	$(BIN)/chungtay check

format: .stamps/dev ## sửa cách trình bày mã
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

docs: .stamps/dev ## viết lại các trang tra cứu trong docs/ từ mô hình và bảng của chương trình
	$(BIN)/python scripts/write_docs.py
	$(BIN)/python -m chungtay_reports.prose.placeholders.reference > docs/cau-chen.md

pictures: .stamps/dev ## chụp lại những ảnh trong docs/images mà nguồn đã đổi
	scripts/system.sh $(PICTURE_SYSTEM)
	$(BIN)/python scripts/draw_pictures.py

sample: .stamps/dev ## dựng lại dữ liệu minh họa trong content/
	$(BIN)/python scripts/make_sample.py

archive: .stamps/run ## công bố dữ liệu minh họa vào archive/: hai bản tin, báo cáo một năm học, một lần đính chính
	$(BIN)/python scripts/make_archive.py

messages: .stamps/dev ## biên dịch lời tiếng Việt của dòng lệnh
	$(BIN)/pybabel -q compile -i $(MESSAGES).po -o $(MESSAGES).mo

lock: .stamps/dev ## ghi lại requirements/*.txt (có mã băm, không có tên máy chủ)
	$(BIN)/uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" --python-version 3.11 --upgrade -q -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --universal --generate-hashes --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" --python-version 3.11 -c requirements/run.txt -q -o requirements/dev.txt
	$(BIN)/uv pip compile --group oracles --universal --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --python-version 3.11 -q -o requirements/oracles.txt

wheel: .stamps/dev ## đóng gói vào dist/
	$(BIN)/python -m hatchling build -t wheel

clean: ## xóa những gì dựng lại được
	rm -rf build dist .cache .stamps .venv tests/web/node_modules

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên"; exit 3; }
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  scripts/system.sh $$($(PYTHON) -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')
	$(PYTHON) -m venv .venv

.stamps/run: requirements/run.txt pyproject.toml | $(BIN)/python
	scripts/system.sh $(RUN_SYSTEM)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p .stamps && touch $@

.stamps/dev: requirements/dev.txt .stamps/run
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@mkdir -p .stamps && touch $@

.stamps/oracles: requirements/oracles.txt | $(BIN)/python
	$(PYTHON) -m venv .venv/oracles
	.venv/oracles/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/oracles.txt
	@mkdir -p .stamps && touch $@

.stamps/web: tests/web/package-lock.json
	scripts/system.sh $(TEST_SYSTEM)
	cd tests/web && npm ci --silent --no-audit --no-fund
	@mkdir -p .stamps && touch $@
