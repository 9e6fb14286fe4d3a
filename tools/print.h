/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One call prints text and JSON.  The words are the same in both, and they are
 * those of the mesh file and of the command line:
 *
 *	print_map("services");
 *	print_item("service", "web");	"service web"	"web": {
 *	print_word("vip", "10.11.0.20");	" vip 10.11.0.20"	"vip": ...
 *	print_list("publish");
 *	print_word("publish", "80:80/tcp");	" publish ..."	["80:80/tcp"]
 *	print_end(); ...
 *
 * Nothing is printed before print_done() in JSON; text comes at once.
 */
#ifndef PRINT_H
#define PRINT_H

#include <stdint.h>

void print_start(void);
void print_done(void);

/* Containers, closed by print_end(); only items and groups show in text. */
void print_map(const char *key);
void print_list(const char *key);
/* A line of its own; in a map, its key is the name, or the word for NULL */
void print_item(const char *word, const char *name);
/* On the same line; one of a list */
void print_group(const char *word);
void print_end(void);

/* In a list, only the value counts in JSON. */
void print_word(const char *key, const char *value);
/* The same, but in text the value stands alone */
void print_value(const char *key, const char *value);
void print_number(const char *key, uint64_t n);
void print_plain(const char *key, uint64_t n);	/* alone in text */
void print_bits(const char *key, uint32_t n);	/* hexadecimal in text */
/* A line of its own, which is the value alone in text */
void print_line(const char *key, const char *value);
/* A line of its own, with what it means in text */
void print_counter(const char *key, uint64_t n, const char *meaning);

#endif
