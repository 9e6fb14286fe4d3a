# SPDX-License-Identifier: GPL-2.0
# make help says what there is.  The module itself is described in Kbuild, which
# the kernel's build system reads in place of this file.

PREFIX ?= /usr/local
KDIR ?= /lib/modules/$(shell uname -r)/build
LAYERS := lint cli kunit netns vm cluster bench
# The tests' own calls of make are theirs alone.
ALONE := env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL

all: modules tools

modules: | kdir
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

kdir:
	@[ -e $(KDIR)/Makefile ] || { echo "no kernel headers in $(KDIR):" \
		"apt-get install linux-headers-$$(uname -r), or name the place" \
		"of others with KDIR=" >&2; exit 1; }

tools:
	@pkg-config --exists libmnl libnl-genl-3.0 yaml-0.1 jansson || { \
		echo "no libraries for meshmod-ctl: apt-get install" \
		"pkg-config libmnl-dev libnl-genl-3-dev libyaml-dev" \
		"libjansson-dev" >&2; exit 1; }
	$(MAKE) -C tools

install: modules_install tools_install

# depmod is for this host's kernels; a package runs it where it is installed.
modules_install: modules
	$(MAKE) -C $(KDIR) M=$(CURDIR) INSTALL_MOD_PATH=$(DESTDIR) \
		modules_install
	$(if $(DESTDIR),,depmod $$(cat $(KDIR)/include/config/kernel.release))

tools_install: tools
	install -D -m 755 tools/meshmod-ctl \
		$(DESTDIR)$(PREFIX)/sbin/meshmod-ctl

demo:
	@tests/lib/deps demo
	@$(ALONE) KEEP=$(KEEP) tests/demo/run

check:
	@tests/lib/deps check
	@$(ALONE) tests/run

$(LAYERS:%=check-%): check-%:
	@tests/lib/deps check
	@$(ALONE) tests/run $*

# What it has measured is kept for each kernel release.
bench:
	@tests/lib/deps bench
	@results=tests/bench/results/$$(tests/kernel/release $${BENCH_SERIES:-6.1}) && \
		$(ALONE) tests/bench/run -o $$results && \
		$(ALONE) tests/bench/native -o $$results

lint: check-lint

clean:
	$(MAKE) -C tools clean
	[ ! -e $(KDIR)/Makefile ] || $(MAKE) -C $(KDIR) M=$(CURDIR) clean

help:
	@echo "make               the module for this kernel, and meshmod-ctl"
	@echo "make modules       the module alone; KDIR= chooses other headers"
	@echo "make tools         meshmod-ctl alone"
	@echo "make install       both; DESTDIR= and PREFIX= are honoured"
	@echo "make demo          a mesh of three machines, shown at work;"
	@echo "                   KEEP=1 gives a prompt on them in the end"
	@echo "make check         all tests, in virtual machines"
	@echo "make check-LAYER   one layer of them:"
	@echo "                   $(LAYERS)"
	@echo "make bench         how many instructions each datapath takes, on"
	@echo "                   the same machines: tests/bench/results"
	@echo "make lint          the same as check-lint"
	@echo "make clean         remove what make has built here"

.PHONY: all modules kdir tools install modules_install tools_install demo \
	check $(LAYERS:%=check-%) bench lint clean help
