# Task Monitor: everything there is to do. `make help` lists it.

PORT ?= 8080
PREFIX ?= /usr
UI_PLUGINS := $(DESTDIR)$(PREFIX)/share/ovirt-engine/ui-plugins
TOOLS_DIR := $(shell . scripts/versions && echo $$TOOLS_DIR)
export PATH := $(CURDIR)/node_modules/.bin:$(TOOLS_DIR)/bin:$(PATH)
TOOLCHAIN := $(shell . scripts/versions && rust_toolchain)
ifneq ($(TOOLCHAIN),)
export RUSTUP_TOOLCHAIN := $(TOOLCHAIN)
endif
# All that Trunk may use is installed by scripts/tools; it is never to look for more on its own.
export TRUNK_OFFLINE := true
export TRUNK_SKIP_VERSION_CHECK := true

# What a page is made from. Folders are in the list too: theirs is the time at which a file was removed.
PAGE_SOURCES := Cargo.toml Cargo.lock Trunk.toml index.html scripts/finish-page.mjs scripts/join-parts $(shell find src style page)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run demo plugin install uninstall test check bench bench-load screenshots app server page-tools test-tools

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: app server ## build the page and the server, and start them on http://127.0.0.1:8080 (PORT=… for another)
	@install -d -m 0700 data
	@exec target/release/jobs-engine serve --listen 127.0.0.1:$(PORT) --database sqlite:data/jobs-engine.db --ui dist/app --sample

demo: page-tools dist/demo/index.html ## build the demo, for any static host, into dist/demo
	@echo "The demo is in dist/demo: copy that folder to any static host."

plugin: page-tools dist/web-admin/index.html ## build the plug-in for oVirt's web admin, into dist/plugin and a tarball
	@node scripts/build-plugin.mjs

install: ## install the built plug-in: DESTDIR= PREFIX=/usr
	@scripts/install-plugin install "$(UI_PLUGINS)"

uninstall: ## take it out again
	@scripts/install-plugin uninstall "$(UI_PLUGINS)"

test: ## install what is missing and run every test
	@scripts/test

check: ## the fast subset: formatting, clippy and tests, native only
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo test --locked

bench: test-tools dist/app/index.html dist/demo/index.html ## measure the pure core (criterion), then the page in Chromium
	cargo bench --locked --bench '*'
	node bench/page.mjs

bench-load: server ## put load on jobs-engine over SQLite and PostgreSQL, with 200 clients (docs/load.md)
	cargo run --locked --release --example bench-load

screenshots: test-tools dist/demo/index.html ## take the pictures in docs/ from the demo
	node scripts/screenshots.mjs

app: page-tools dist/app/index.html # the production page

server:
	cargo build --locked --release --bin jobs-engine

page-tools:
	@scripts/tools page

test-tools:
	@scripts/tools test

# The three pages: one for jobs-engine, and two with something more. scripts/join-parts, too, reads what.
dist/demo/index.html: export TRUNK_BUILD_FEATURES = demo
dist/web-admin/index.html: export TRUNK_BUILD_FEATURES = web-admin

# The standard library is built along with the page, so that a panic is nothing but a trap in it, too: that takes 45 KB off
# the program, 16 KB in brotli. The price: a panic's text and place are gone (page/crash.js says what is left), and what is not
# stable yet in Rust has to be allowed: a newer Rust may spell these flags another way.
dist/%/index.html: export RUSTC_BOOTSTRAP = 1
dist/%/index.html: export CARGO_UNSTABLE_BUILD_STD = std,panic_abort
dist/%/index.html: export CARGO_UNSTABLE_BUILD_STD_FEATURES = optimize_for_size
dist/%/index.html: export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS = -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none
dist/%/index.html: $(PAGE_SOURCES)
	trunk build --release --dist dist/$*
	node scripts/finish-page.mjs dist/$* $(if $(filter app,$*),--compress)
