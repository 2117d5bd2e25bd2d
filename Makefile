# Bình dân học vụ số: `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
TESTERS ?= 2

# pango and harfbuzz-subset draw the certificates (without the second they take nine times as
# long); the fonts hold every Vietnamese letter and stand in for Times New Roman
# espeak-ng and lame read lessons aloud where nobody has recorded them
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core \
	fonts-liberation2 espeak-ng lame
# libatomic1 is for the browser driver, which brings a Node.js of its own
TEST_PACKAGES := chromium libatomic1 poppler-utils postgresql util-linux
OIDC_VERSION := 9.13.3
TEST_PARTS := check-static test-sqlite test-postgresql test-browser

FLASK := .venv/bin/flask --app wsgi
PYTEST := .venv/bin/pytest -n $(TESTERS)

.PHONY: provider help run setup setup-test system system-test environment test test-sqlite test-postgresql \
	test-browser check check-static faults bench bench-large bench-data lighthouse messages lock clean

help: ## in danh sách lệnh này
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## chuẩn bị mọi thứ, nạp dữ liệu mẫu, phục vụ tại 127.0.0.1:8000 (PORT=… để đổi cổng)
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then
		echo "Cổng $(PORT) đang có chương trình khác dùng. Hãy chạy: make run PORT=8001" >&2
		exit 1
	fi
	export BDHVS_BASE_URL="$${BDHVS_BASE_URL:-http://127.0.0.1:$(PORT)}"
	$(FLASK) db upgrade
	$(FLASK) demo load
	# long work has a process of its own; whichever ends, by Ctrl+C or by itself, takes the other along
	$(FLASK) jobs run &
	worker=$$!
	.venv/bin/granian --interface wsgi --no-ws --host 127.0.0.1 --port $(PORT) \
		--workers 2 --blocking-threads 4 --respawn-failed-workers \
		--workers-kill-timeout 3 wsgi:app &
	server=$$!
	stop() { trap '' INT TERM; kill -TERM "$$server" "$$worker" 2>/dev/null || true; wait; }
	trap 'stop; exit 0' INT TERM
	# said when it is true, and not before
	until .venv/bin/python -c 'import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=5)' \
		'http://127.0.0.1:$(PORT)/healthz' 2>/dev/null; do
		kill -0 "$$server" 2>/dev/null && kill -0 "$$worker" 2>/dev/null || break
		sleep 0.5
	done
	if kill -0 "$$server" 2>/dev/null; then
		printf '\nMở trình duyệt tại  http://127.0.0.1:%s\nDừng: Ctrl+C\n\n' '$(PORT)'
	fi
	code=0
	wait -n "$$server" "$$worker" || code=$$?
	stop
	exit $$code

setup: system environment ## chỉ chuẩn bị môi trường trong .venv, rồi nói máy còn thiếu gì
	@$(FLASK) certificates ready

setup-test: system-test environment provider ## như setup, thêm Chromium, PostgreSQL và công cụ đọc PDF

# the sign-in of another house, which the tests start on this machine
OIDC := tests/.artifacts/oidc
provider:
	@grep -qs '"version": "$(OIDC_VERSION)"' $(OIDC)/node_modules/oidc-provider/package.json && exit 0
	npm install --silent --no-save --no-package-lock --no-audit --no-fund \
		--prefix $(OIDC) oidc-provider@$(OIDC_VERSION)

system: PACKAGES = $(RUN_PACKAGES)
system-test: PACKAGES = $(RUN_PACKAGES) $(TEST_PACKAGES)
system system-test:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
		echo "Cần Python 3.11 trở lên (PYTHON=… để chọn bản khác)." >&2
		exit 1
	}
	if ! command -v dpkg-query >/dev/null; then
		echo "Máy này không phải Debian; cần có sẵn các gói tương đương: $(PACKAGES)"
		exit 0
	fi
	absent=()
	for package in $(PACKAGES); do
		dpkg-query -W -f '$${db:Status-Status}\n' "$$package" 2>/dev/null | grep -qx installed \
			|| absent+=("$$package")
	done
	[ -x .venv/bin/pip ] || $(PYTHON) -c 'import ensurepip' 2>/dev/null || absent+=(python3-venv)
	# another source's Node.js will do as well
	[[ " $(PACKAGES) " != *" postgresql "* ]] || command -v npm >/dev/null || absent+=(nodejs npm)
	[ $${#absent[@]} -gt 0 ] || exit 0
	echo "Thiếu các gói hệ thống sau, đang cài: $${absent[*]}"
	as_root=(env)
	if [ "$$(id -u)" != 0 ]; then
		# asks nothing: without a right that is already there, it says what to ask the administrator
		sudo -n true 2>/dev/null || {
			echo "Cần quyền quản trị. Hãy nhờ quản trị viên chạy: apt-get install $${absent[*]}" >&2
			exit 1
		}
		as_root=(sudo -n env)
	fi
	as_root+=(DEBIAN_FRONTEND=noninteractive)
	apt=("$${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
	if [[ " $${absent[*]} " == *" postgresql "* ]]; then
		# the tests start clusters of their own; the package's would only hold the port
		no_cluster=/etc/postgresql-common/createcluster.d/bdhvs-tests.conf
		trap '"$${as_root[@]}" rm -f "$$no_cluster"' EXIT
		"$${as_root[@]}" mkdir -p "$${no_cluster%/*}"
		echo 'create_main_cluster = false' | "$${as_root[@]}" tee "$$no_cluster" >/dev/null
	fi
	"$${apt[@]}" update
	"$${apt[@]}" install -y --no-install-recommends "$${absent[@]}"

environment:
	@if cmp -s requirements.lock .venv/requirements.lock && .venv/bin/python -c '' 2>/dev/null; then
		exit 0
	fi
	echo "Đang cài các thư viện Python vào .venv"
	.venv/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
		--require-hashes --only-binary :all: -r requirements.lock
	cp requirements.lock .venv/requirements.lock

test: setup-test ## kiểm tra mã nguồn, bộ thử trên SQLite và PostgreSQL, thử bằng trình duyệt
	@log=$$(mktemp)
	trap 'rm -f "$$log"' EXIT
	failed=() closing=
	for part in $(TEST_PARTS); do
		printf '\n===== %s\n' "$$part"
		verdict='đạt      '
		if ! make --no-print-directory "$$part" 2>&1 | tee "$$log"; then
			verdict='KHÔNG ĐẠT'
			failed+=("$$part")
		fi
		last=$$(grep -E '^=+ .* in [0-9.]+s.* =+$$' "$$log" | tail -1 | tr -d = || true)
		closing+=$$(printf '%-16s %s %s' "$$part" "$$verdict" "$$last")$$'\n'
	done
	printf '\n===== Kết quả\n%s' "$$closing"
	if [ $${#failed[@]} -gt 0 ]; then
		echo "KHÔNG ĐẠT: $${failed[*]}" >&2
		exit 1
	fi
	echo "ĐẠT"

test-sqlite: setup-test
	@BDHVS_TEST_DATABASE=sqlite $(PYTEST)

# content and lib are plain Python that knows no database: once is enough
test-postgresql: setup-test
	@BDHVS_TEST_DATABASE=postgresql $(PYTEST) --ignore tests/content --ignore tests/lib

test-browser: setup-test
	@$(PYTEST) --dist loadfile tests/browser

check: setup ## trả lời có hay không trong khoảng một phút: mã nguồn và bộ thử nhanh
	@$(FLASK) check

check-static: setup ## phần không chạy thử của check: ruff, mypy, tường ngăn, mẫu trang, thư viện
	@failed=()
	for tool in 'ruff check .' 'ruff format --check .' mypy lint-imports \
		'djlint app --lint --quiet' 'deptry .'; do
		printf -- '----- %s\n' "$$tool"
		.venv/bin/$$tool || failed+=("$${tool%% *}")
	done
	if [ $${#failed[@]} -gt 0 ]; then
		echo "KHÔNG ĐẠT: $${failed[*]}" >&2
		exit 1
	fi

faults: setup-test ## thử kill -9 giữa chừng, đĩa đầy, nộp bài đua nhau, nghìn thứ tự gửi, trên hai cơ sở dữ liệu
	@failed=()
	for database in sqlite postgresql; do
		BDHVS_TEST_DATABASE=$$database $(PYTEST) -m faults tests/faults tests/sync tests/units || failed+=("$$database")
	done
	[ $${#failed[@]} -eq 0 ]

bench: setup-test ## đo tốc độ so với trang Flask trống trên cùng máy
	@.venv/bin/python -m tests.benchmarks

bench-large: setup-test ## đo dựng bài, ba nghìn khóa học, đăng nhập, sáp nhập và nhân sự trong một tỉnh đông người, trên hai cơ sở dữ liệu
	@failed=0
	for part in rendering shelf search signin replay twins desks; do
		.venv/bin/python -m "tests.benchmarks.$$part" || failed=1
	done
	exit $$failed

bench-data: setup-test ## đo một buổi học tốn bao nhiêu dữ liệu, chờ bao lâu trên mạng 2G
	@.venv/bin/python -m tests.benchmarks.data

lighthouse: setup-test ## chấm các trang người học gặp bằng Lighthouse 12 (cần Node.js có npx)
	@command -v npx >/dev/null || {
		echo "Cần Node.js từ 18.20 trở lên, có npx." >&2
		exit 1
	}
	.venv/bin/python -m tests.benchmarks.lighthouse

messages: environment ## gom chữ trên màn hình vào tệp dịch tiếng Anh, báo chỗ chưa dịch
	@.venv/bin/python -m app.ui.extraction
	.venv/bin/pytest --quiet -p no:xdist tests/ui/test_translations.py

lock: environment ## viết lại requirements.lock theo pyproject.toml (UPGRADE=1: lên bản mới nhất)
	@# a newer Python would choose versions that Debian 12's own cannot install
	.venv/bin/python -c 'import sys; sys.exit(sys.version_info > (3, 11, 2, "final", 0))' || {
		echo "Lập requirements.lock bằng Python của Debian 12 (3.11.2):" >&2
		echo "  rm -r .venv && make setup PYTHON=/usr/bin/python3 && make lock" >&2
		exit 1
	}
	wanted='
	import pathlib, tomllib
	project = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))
	extras = project["project"]["optional-dependencies"].values()
	print(*project["project"]["dependencies"], sep="\n")
	print(*(wanted for extra in extras for wanted in extra), sep="\n")
	print(*project["dependency-groups"]["dev"], sep="\n")
	'
	.venv/bin/python -c "$$wanted" \
		| env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
			.venv/bin/pip-compile --quiet --no-config $(if $(UPGRADE),--upgrade) \
			--generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-options \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
			--output-file requirements.lock -
	sed -i -e 's/\( \+#.*\)-r -$$/\1pyproject.toml/' requirements.lock

clean: ## xóa môi trường và bộ nhớ đệm của công cụ; dữ liệu trong instance/ để nguyên
	@rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis tests/.artifacts
	find app tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
