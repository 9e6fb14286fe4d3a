/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Talking to the module.  A socket belongs to the network namespace that the
 * calling thread is in when it is opened, whatever the thread does later.
 *
 * Functions that return int return an exit code, and have printed the sentence
 * when it is not 0.
 */
#ifndef GENL_H
#define GENL_H

#include <stddef.h>
#include <stdint.h>

#include "nsconf.h"
#include "request.h"

struct genl;

struct genl *genl_open(void);	/* NULL: printed; the exit code is */
int genl_open_error(void);
void genl_close(struct genl *g);	/* NULL is fine */

/*
 * Objects that the module sent: the first attribute of each message.  One more
 * of the last message is beside, or NULL.
 */
struct replies {
	struct nlattr **v;
	size_t n;
	struct nlattr *beside;
};

void replies_free(struct replies *replies);

/* All of these fill in and free the request. */
int genl_talk(struct genl *g, struct request *r);
int genl_query(struct genl *g, struct request *r, struct replies *out);
int genl_dump(struct genl *g, struct request *r, struct replies *out);

/* The whole of a namespace, in one transaction */
int genl_config_replace(struct genl *g, const struct nsconf *c);
/* The service that no message can hold, or NULL; of c's memory */
const char *genl_config_too_long(const struct nsconf *c);
/* The same as it is now; free with nsconf_free() */
int genl_config_get(struct genl *g, struct nsconf **out);

/* Attributes to objects.  take_service() and take_backend() fill what
 * nsconf_add_service() and nsconf_add_backend() made.
 */
void take_node(const struct nlattr *nest, struct nsconf *c);
struct nsconf_service *take_service(const struct nlattr *nest,
				    struct nsconf *c);
struct nsconf_backend *take_backend(const struct nlattr *nest,
				    struct nsconf_service *s);
void take_redirect(const struct nlattr *nest, struct nsconf *c);
void take_binding(const struct nlattr *nest, struct nsconf *c);
/* The attribute of a nest; NULL: it is not there */
const struct nlattr *take_attr(const struct nlattr *nest, uint16_t type);
const char *take_string(const struct nlattr *nest, uint16_t type);
/* A number of whatever width; 0 if it is not there */
uint32_t take_number(const struct nlattr *nest, uint16_t type);
/* Family 0 if there is none */
void take_addr(const struct nlattr *nest, struct addr *a);

#endif
