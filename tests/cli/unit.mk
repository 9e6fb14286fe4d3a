# SPDX-License-Identifier: GPL-2.0
# The C programs of this folder, with the sanitizers, into the directory O.
# They hold the parts of the tool that need neither kernel nor network.
TOP := $(dir $(lastword $(MAKEFILE_LIST)))../..
PARTS := addr claims config config_backend config_endpoint config_gateway \
	 config_node config_overlay config_publish config_service \
	 config_subnet doc field mesh near nsconf nsconf_equal plan \
	 plan_container port subnet util words
PROGRAMS := addr_test genl_test nsconf_test plan_test mesh_check
# Parts that a test calls without a socket
GENL := genl_config request take

CC ?= gcc
CFLAGS := -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined \
	  -fno-sanitize-recover=undefined
CPPFLAGS := -I$(TOP)/tools -I$(TOP)/uapi

all: $(PROGRAMS:%=$(O)/%)

$(O)/%: $(O)/%.o $(PARTS:%=$(O)/%.o)
	$(CC) $(CFLAGS) -o $@ $^ -lyaml -lmnl

$(O)/genl_test: $(GENL:%=$(O)/%.o)

$(O)/%.o: $(TOP)/tools/%.c $(wildcard $(TOP)/tools/*.h)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/%.o: $(TOP)/tests/cli/%.c $(wildcard $(TOP)/tools/*.h $(TOP)/tests/cli/*.h)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

.PHONY: all
.SECONDARY:
