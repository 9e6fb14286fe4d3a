# SPDX-License-Identifier: GPL-2.0
# The C programs of this folder, with the sanitizers, into the directory O.
# Each takes what it calls from the parts of the tool: those that it holds need
# neither kernel nor network.
TOP := $(dir $(lastword $(MAKEFILE_LIST)))../..
PROGRAMS := addr_test genl_test nsconf_test plan_test mesh_check

CC ?= gcc
CFLAGS := -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined \
	  -fno-sanitize-recover=undefined
PKGS := libmnl libnl-genl-3.0 yaml-0.1 jansson
CPPFLAGS := -I$(TOP)/tools -I$(TOP)/uapi $(shell pkg-config --cflags $(PKGS))
PARTS := $(filter-out main,$(notdir $(basename $(wildcard $(TOP)/tools/*.c))))

all: $(PROGRAMS:%=$(O)/%)

$(O)/%: $(O)/%.o $(O)/tool.a
	$(CC) $(CFLAGS) -o $@ $^ $(shell pkg-config --libs $(PKGS))

$(O)/tool.a: $(PARTS:%=$(O)/%.o)
	$(AR) rcs $@ $^

$(O)/%.o: $(TOP)/tools/%.c $(wildcard $(TOP)/tools/*.h)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/%.o: $(TOP)/tests/cli/%.c $(wildcard $(TOP)/tools/*.h $(TOP)/tests/cli/*.h)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

.PHONY: all
.SECONDARY:
