# Task Monitor: all commands. `make help` lists them.

PORT ?= 8080
PREFIX ?= /usr
UI_PLUGINS := $(DESTDIR)$(PREFIX)/share/ovirt-engine/ui-plugins
TOOLS_DIR := $(shell . scripts/versions && echo $$TOOLS_DIR)
export PATH := $(CURDIR)/node_modules/.bin:$(TOOLS_DIR)/bin:$(PATH)
TOOLCHAIN := $(shell . scripts/versions && rust_toolchain)
ifneq ($(TOOLCHAIN),)
export RUSTUP_TOOLCHAIN := $(TOOLCHAIN)
endif
# scripts/tools installs all that Trunk needs; Trunk must not download anything itself.
export TRUNK_OFFLINE := true
export TRUNK_SKIP_VERSION_CHECK := true

# What the page is made from. Folders are in the list because their time changes when a file is removed.
PAGE_SOURCES := Cargo.toml Cargo.lock Trunk.toml index.html scripts/precompress.mjs $(shell find src style page)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help replay run demo plugin install uninstall test check bench bench-list bench-load bench-strangers screenshots app server page-tools test-tools

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

# With ENGINE=https://engine.example.com the page is for that engine, whose CA may be in ENGINE_CA=FILE.
run: app server ## build the page and the server, start them on http://127.0.0.1:8080 (PORT=…, ENGINE=https://… for an oVirt engine)
ifdef ENGINE
	@exec target/release/jobs-engine connect '$(ENGINE)' --listen 127.0.0.1:$(PORT) --ui dist/app $(if $(ENGINE_CA),--engine-ca '$(ENGINE_CA)')
else
	@install -d -m 0700 data
	@exec target/release/jobs-engine serve --listen 127.0.0.1:$(PORT) --database sqlite:data/jobs-engine.db --ui dist/app --sample
endif

demo: page-tools dist/demo/index.html ## build the demo, for any static host, into dist/demo
	@echo "The demo is in dist/demo: copy that folder to any static host."

plugin: app ## build the plug-in for oVirt's web admin, in dist/plugin and as a tarball
	@node scripts/build-plugin.mjs

install: ## install the built plug-in: DESTDIR= PREFIX=/usr
	@scripts/install-plugin install "$(UI_PLUGINS)"

uninstall: ## remove the installed plug-in
	@scripts/install-plugin uninstall "$(UI_PLUGINS)"

test: ## install missing tools and run every test
	@scripts/test

check: ## the fast subset: formatting, clippy and tests, native only
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo test --locked

bench: test-tools dist/app/index.html ## measure parts of the code (criterion), then the page beside its peers (SIZE=10000x10) (docs/performance.md)
	cargo bench --locked --bench '*'
	node bench/page.mjs $(if $(SIZE),--size $(SIZE))

bench-list: server ## measure how fast jobs-engine sends 10,000 jobs with their steps (docs/load.md)
	cargo run --locked --release --example bench-list

bench-load: server ## test jobs-engine under the load of 200 clients, on SQLite and PostgreSQL (docs/load.md)
	cargo run --locked --release --example bench-load

bench-strangers: server ## measure the memory of jobs-engine while 5,000 strangers send it 1 MiB each (docs/load.md)
	cargo run --locked --release --example bench-strangers

replay: export REPLAY_ENGINE = $(ENGINE)
replay: export REPLAY_USER = $(USER)
replay: export REPLAY_PASSWORD_FILE = $(PASSWORD_FILE)
replay: export REPLAY_CA = $(CA)
replay: export REPLAY_AS = $(AS)
replay: ## ask an engine what was recorded of one: ENGINE=https://… USER=… PASSWORD_FILE=… (docs/ovirt-engine.md)
	cargo test --locked --test recorded -- --ignored --nocapture

screenshots: test-tools dist/demo/index.html ## take the pictures in docs/ from the demo
	node scripts/screenshots.mjs

app: page-tools dist/app/index.html # the production page

server:
	@echo "== Server: building jobs-engine (the first time some 6 minutes on 2 cores)"
	cargo build --locked --release --bin jobs-engine

page-tools:
	@scripts/tools page

test-tools:
	@scripts/tools test

dist/demo/index.html: export TRUNK_BUILD_FEATURES = demo
dist/%/index.html: $(PAGE_SOURCES)
	@echo "== Page: building dist/$* (the first time some 4 minutes on 2 cores)"
	trunk build --release --dist dist/$*
