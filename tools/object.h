/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of the objects share: requests out of arguments, printing. */
#ifndef OBJECT_H
#define OBJECT_H

#include "cmd.h"
#include "genl.h"

/* Attributes of all keywords from args->v[first] on, each about itself */
void put_args(struct request *r, const struct args *args, size_t first);
/* The lists that a verb which sets shall empty, one bit for each attribute */
void put_clear(struct request *r, uint16_t type, const struct args *args);
/* Open a socket, send the request, be done; an exit code */
int send_and_close(struct request *r);
int ask_and_close(struct request *r, struct replies *out);
int dump_and_close(struct request *r, struct replies *out);

/* Each prints one object as the module sends it, MESHMOD_A_*. */
void print_node(const struct nlattr *node);
void print_redirect(const struct nlattr *redirect);
void print_binding(const struct nlattr *binding);
void print_backend(const struct nlattr *backend);
/*
 * Services with their backends, both in the order of the names; without the
 * services' own settings if bare.
 */
void print_services(const struct replies *services,
		    const struct replies *backends, bool bare);

/* As the mesh file has it: one address is a value, several are a list. */
void print_addrs(const char *key, const struct addr *v, size_t n);
void print_dual(const char *key, const struct dual *d);

/* SERVICE {NAME}, to be completed and closed with put_end() */
size_t put_service_name(struct request *r, const struct arg *name);
/* The service that is named, or all of them, and their backends */
int get_services(const struct arg *name, struct replies *services,
		 struct replies *backends);

#endif
