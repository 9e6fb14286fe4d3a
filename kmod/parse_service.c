// SPDX-License-Identifier: GPL-2.0
/*
 * Parsing services, with their ports and backends.
 */
#include "parse.h"

static const struct nla_policy port_policy[MESHMOD_A_PORT_MAX + 1] = {
	[MESHMOD_A_PORT_PROTO]		= { .type = NLA_U8 },
	[MESHMOD_A_PORT_PUBLISHED]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_PORT_TARGET]		= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_PORT_PUBLISHED_LAST]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_PORT_TARGET_LAST]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_PORT_SOURCE]		= NLA_POLICY_NESTED(meshmod_addr_policy),
};

static const struct nla_policy listen_policy[MESHMOD_A_LISTEN_MAX + 1] = {
	[MESHMOD_A_LISTEN_ADDR]		= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_LISTEN_DEV]		= { .type = NLA_NUL_STRING,
					    .len = IFNAMSIZ - 1 },
};

static const struct nla_policy backend_policy[MESHMOD_A_BACKEND_MAX + 1] = {
	[MESHMOD_A_BACKEND_NAME]	= { .type = NLA_NUL_STRING,
					    .len = MESHMOD_NAME_MAX },
	[MESHMOD_A_BACKEND_ADDR]	= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_BACKEND_WEIGHT]	= { .type = NLA_U32 },
	[MESHMOD_A_BACKEND_STATE]	= NLA_POLICY_MAX(NLA_U8,
							 MESHMOD_STATE_MAX),
};

#define SERVICE_CLEARABLE (BIT(MESHMOD_A_SERVICE_VIP) | \
			   BIT(MESHMOD_A_SERVICE_PORT) | \
			   BIT(MESHMOD_A_SERVICE_LISTEN))

const struct nla_policy meshmod_service_policy[MESHMOD_A_SERVICE_MAX + 1] = {
	[MESHMOD_A_SERVICE_NAME]	= { .type = NLA_NUL_STRING,
					    .len = MESHMOD_NAME_MAX },
	[MESHMOD_A_SERVICE_MARK]	= NLA_POLICY_MIN(NLA_U32, 1),
	[MESHMOD_A_SERVICE_SCHEDULER]	= NLA_POLICY_MAX(NLA_U8,
							 MESHMOD_SCHED_MAX),
	[MESHMOD_A_SERVICE_SOURCE]	= NLA_POLICY_MAX(NLA_U8,
							 MESHMOD_SOURCE_MAX),
	[MESHMOD_A_SERVICE_VIP]		= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_SERVICE_PORT]	= NLA_POLICY_NESTED(port_policy),
	[MESHMOD_A_SERVICE_BACKEND]	= NLA_POLICY_NESTED(backend_policy),
	[MESHMOD_A_SERVICE_LISTEN]	= NLA_POLICY_NESTED(listen_policy),
	[MESHMOD_A_SERVICE_REFUSE]	= NLA_POLICY_MAX(NLA_U8,
							 MESHMOD_REFUSE_MAX),
	[MESHMOD_A_SERVICE_CLEAR]	= NLA_POLICY_MASK(NLA_U32,
							  SERVICE_CLEARABLE),
	[MESHMOD_A_SERVICE_OFFLOAD]	= NLA_POLICY_MAX(NLA_U8, 1),
};

static int parse_sources(const struct nlattr *attr, struct meshmod_service *s,
			 struct meshmod_port *port,
			 struct netlink_ext_ack *extack)
{
	const struct nlattr *a;
	int err, rem;

	port->source = s->nsources;
	nla_for_each_nested(a, attr, rem) {
		if (nla_type(a) != MESHMOD_A_PORT_SOURCE)
			continue;
		if (port->nsources == MESHMOD_MAX_SOURCES)
			return refuse(extack, a, -ENOSPC,
				      "a port can have 16 source prefixes; name fewer");
		port->nsources++;
		err = meshmod_parse_addr(a, &s->sources[s->nsources++], PREFIX_NEEDED,
					 extack);
		if (err)
			return err;
	}
	return 0;
}

/* Where it leads: by default each port to itself */
static int parse_target(const struct nlattr *attr, struct nlattr **tb,
			struct meshmod_port *port,
			struct netlink_ext_ack *extack)
{
	int err;

	if (!tb[MESHMOD_A_PORT_TARGET] && !tb[MESHMOD_A_PORT_TARGET_LAST]) {
		port->target = port->first;
		port->target_last = port->last;
		return 0;
	}
	if (!tb[MESHMOD_A_PORT_TARGET])
		return refuse(extack, attr, -EINVAL,
			      "a range of target ports has no first one; give it");
	err = meshmod_parse_range(tb[MESHMOD_A_PORT_TARGET],
				  tb[MESHMOD_A_PORT_TARGET_LAST], &port->target,
			  &port->target_last, extack);
	if (err)
		return err;
	if (!meshmod_range_fits(port->first, port->last, port->target,
				port->target_last))
		return refuse(extack, attr, -EINVAL,
			      "a range of ports leads to one target port, or to as many as it has");
	return 0;
}

/* The next one of @s, which has room */
static int parse_port(const struct nlattr *attr, struct meshmod_service *s,
		      struct netlink_ext_ack *extack)
{
	struct meshmod_port *port = &s->ports[s->nports++];
	struct nlattr *tb[MESHMOD_A_PORT_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_PORT_MAX, attr, port_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_PORT_PROTO] || !tb[MESHMOD_A_PORT_PUBLISHED])
		return refuse(extack, attr, -EINVAL,
			      "a published port needs its protocol and its number");
	memset(port, 0, sizeof(*port));
	return meshmod_parse_range(tb[MESHMOD_A_PORT_PUBLISHED],
			   tb[MESHMOD_A_PORT_PUBLISHED_LAST], &port->first,
			   &port->last, extack) ?:
	       parse_target(attr, tb, port, extack) ?:
	       parse_sources(attr, s, port, extack) ?:
	       meshmod_parse_proto(tb[MESHMOD_A_PORT_PROTO], &port->proto, extack);
}

static int parse_listen(const struct nlattr *attr, struct meshmod_listen *l,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_LISTEN_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_LISTEN_MAX, attr, listen_policy,
			       extack);
	if (err)
		return err;
	memset(l, 0, sizeof(*l));
	if (!tb[MESHMOD_A_LISTEN_ADDR] == !tb[MESHMOD_A_LISTEN_DEV])
		return refuse(extack, attr, -EINVAL,
			      "a service listens on an address or on a device; give exactly one at a time");
	if (tb[MESHMOD_A_LISTEN_DEV])
		return meshmod_parse_dev(tb[MESHMOD_A_LISTEN_DEV], l->dev, extack);
	return meshmod_parse_addr(tb[MESHMOD_A_LISTEN_ADDR], &l->addr, PREFIX_OPTIONAL,
			  extack);
}

static int parse_backend_addrs(const struct nlattr *attr,
			       struct meshmod_backend *b,
			       struct netlink_ext_ack *extack)
{
	struct meshmod_addr addr, *to;
	const struct nlattr *a;
	int err, rem;

	memset(b->addr, 0, sizeof(b->addr));
	nla_for_each_nested(a, attr, rem) {
		if (nla_type(a) != MESHMOD_A_BACKEND_ADDR)
			continue;
		err = meshmod_parse_addr(a, &addr, PREFIX_NONE, extack);
		if (err)
			return err;
		to = &b->addr[meshmod_af(addr.family)];
		if (to->family)
			return refuse(extack, a, -EINVAL,
				      "a backend has one address of each family at most; name fewer");
		*to = addr;
	}
	return 0;
}

/* Change @b by what the attribute names. */
static int parse_backend(const struct nlattr *attr, struct meshmod_backend *b,
			 struct netlink_ext_ack *extack)
{
	struct meshmod_addr was[MESHMOD_FAMILIES];
	struct nlattr *tb[MESHMOD_A_BACKEND_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_BACKEND_MAX, attr, backend_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_BACKEND_NAME])
		return refuse(extack, attr, -EINVAL, "a backend needs a name");
	nla_strscpy(b->name, tb[MESHMOD_A_BACKEND_NAME], sizeof(b->name));
	if (tb[MESHMOD_A_BACKEND_ADDR]) {
		memcpy(was, b->addr, sizeof(was));
		err = parse_backend_addrs(attr, b, extack);
		if (err)
			return err;
		if (b->run && memcmp(was, b->addr, sizeof(was))) {
			meshmod_backend_run_put(b->run);
			b->run = NULL;		/* another one counts anew */
		}
	} else if (!b->addr[0].family && !b->addr[1].family) {
		return refuse(extack, attr, -EINVAL,
			      "a backend needs an address");
	}
	if (tb[MESHMOD_A_BACKEND_WEIGHT])
		b->weight = nla_get_u32(tb[MESHMOD_A_BACKEND_WEIGHT]);
	if (b->weight > MESHMOD_WEIGHT_MAX)
		return refuse(extack, tb[MESHMOD_A_BACKEND_WEIGHT], -ERANGE,
			      "a backend's weight is 0 to 65535");
	if (tb[MESHMOD_A_BACKEND_STATE])
		b->state = nla_get_u8(tb[MESHMOD_A_BACKEND_STATE]);
	return 0;
}

/* A backend that is not there yet, at the end of @s, which has room. */
static int parse_new_backend(const struct nlattr *attr,
			     struct meshmod_service *s,
			     struct netlink_ext_ack *extack)
{
	struct meshmod_backend *b = &s->backends[s->nbackends];

	b->weight = MESHMOD_WEIGHT_DEFAULT;
	s->nbackends++;
	return parse_backend(attr, b, extack);
}

static int parse_service_list(const struct nlattr *a, struct meshmod_service *s,
			      struct netlink_ext_ack *extack)
{
	switch (nla_type(a)) {
	case MESHMOD_A_SERVICE_VIP:
		return meshmod_parse_addr(a, &s->vips[s->nvips++], PREFIX_NONE, extack);
	case MESHMOD_A_SERVICE_LISTEN:
		return parse_listen(a, &s->listen[s->nlisten++], extack);
	case MESHMOD_A_SERVICE_PORT:
		return parse_port(a, s, extack);
	case MESHMOD_A_SERVICE_BACKEND:
		return parse_new_backend(a, s, extack);
	}
	return 0;
}

static u32 count_sources(const struct nlattr *service)
{
	const struct nlattr *a;
	u32 n = 0;
	int rem;

	nla_for_each_nested(a, service, rem)
		if (nla_type(a) == MESHMOD_A_SERVICE_PORT)
			n += meshmod_count_nested(a, MESHMOD_A_PORT_SOURCE);
	return n;
}

/* How much the message names, unless it is more than a service can have */
static int measure(const struct nlattr *attr, struct nlattr **tb,
		   struct meshmod_size *size, struct netlink_ext_ack *extack)
{
	size->ports = meshmod_count_nested(attr, MESHMOD_A_SERVICE_PORT);
	size->sources = count_sources(attr);
	size->listen = meshmod_count_nested(attr, MESHMOD_A_SERVICE_LISTEN);
	size->backends = meshmod_count_nested(attr, MESHMOD_A_SERVICE_BACKEND);
	if (meshmod_count_nested(attr, MESHMOD_A_SERVICE_VIP) > MESHMOD_MAX_VIPS)
		return refuse(extack, tb[MESHMOD_A_SERVICE_VIP], -ENOSPC,
			      "a service can have 2 VIPs; name fewer");
	if (size->ports > MESHMOD_MAX_PORTS)
		return refuse(extack, tb[MESHMOD_A_SERVICE_PORT], -ENOSPC,
			      "a service can publish 64 ports or ranges; split it into several services");
	if (size->sources > MESHMOD_MAX_SERVICE_SOURCES)
		return refuse(extack, tb[MESHMOD_A_SERVICE_PORT], -ENOSPC,
			      "a service can have 256 source prefixes at all its ports; split it into several services");
	if (size->listen > MESHMOD_MAX_LISTEN)
		return refuse(extack, tb[MESHMOD_A_SERVICE_LISTEN], -ENOSPC,
			      "a service can listen on 16 addresses and devices; name fewer");
	if (size->backends > MESHMOD_MAX_BACKENDS)
		return refuse(extack, tb[MESHMOD_A_SERVICE_BACKEND], -ENOSPC,
			      "a service can have 1024 backends; name fewer");
	return 0;
}

/* Room for what the message names: a new service, or a copy of @base. */
static struct meshmod_service *
service_for(const struct nlattr *attr, const struct meshmod_service *base,
	    struct nlattr **tb, struct netlink_ext_ack *extack)
{
	struct meshmod_service *s;
	struct meshmod_size size;
	int err;

	err = measure(attr, tb, &size, extack);
	if (err)
		return ERR_PTR(err);
	s = base ? meshmod_service_copy(base, &size) :
		   meshmod_service_alloc(&size);
	return s ?: ERR_PTR(-ENOMEM);
}

/* Empty what CLEAR says, and each list that will be set. */
static void empty_lists(struct meshmod_service *s, struct nlattr **tb)
{
	u32 lists = tb[MESHMOD_A_SERVICE_CLEAR] ?
		    nla_get_u32(tb[MESHMOD_A_SERVICE_CLEAR]) : 0;

	if (lists & BIT(MESHMOD_A_SERVICE_VIP) || tb[MESHMOD_A_SERVICE_VIP])
		s->nvips = 0;
	if (lists & BIT(MESHMOD_A_SERVICE_LISTEN) ||
	    tb[MESHMOD_A_SERVICE_LISTEN])
		s->nlisten = 0;
	if (lists & BIT(MESHMOD_A_SERVICE_PORT) || tb[MESHMOD_A_SERVICE_PORT]) {
		s->nports = 0;
		s->nsources = 0;
	}
	if (!tb[MESHMOD_A_SERVICE_BACKEND])
		return;
	while (s->nbackends) {
		struct meshmod_backend *b = &s->backends[--s->nbackends];

		meshmod_backend_run_put(b->run);
		memset(b, 0, sizeof(*b));
	}
}

/**
 * meshmod_parse_service - a service as a message describes it
 * @attr: MESHMOD_A_SERVICE, valid by policy
 * @base: the service that it changes, or NULL for a new one
 * @extack: gets the sentence
 *
 * Context: may sleep; mn->lock held if there is a @base.
 * Return: an unpublished service with one reference; or ERR_PTR of -EINVAL,
 * -ERANGE, -ENOSPC, -EOPNOTSUPP, -ENOMEM.
 */
struct meshmod_service *
meshmod_parse_service(const struct nlattr *attr,
		      const struct meshmod_service *base,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_SERVICE_MAX + 1];
	struct meshmod_service *s;
	const struct nlattr *a;
	int err, rem;

	err = nla_parse_nested(tb, MESHMOD_A_SERVICE_MAX, attr, meshmod_service_policy,
			       extack);
	if (err)
		return ERR_PTR(err);
	s = service_for(attr, base, tb, extack);
	if (IS_ERR(s))
		return s;
	err = meshmod_parse_service_name(attr, s->name, extack);
	if (err)
		goto err_put;
	s->origin = attr;
	empty_lists(s, tb);
	if (tb[MESHMOD_A_SERVICE_MARK])
		s->mark = nla_get_u32(tb[MESHMOD_A_SERVICE_MARK]);
	if (tb[MESHMOD_A_SERVICE_SCHEDULER])
		s->scheduler = nla_get_u8(tb[MESHMOD_A_SERVICE_SCHEDULER]);
	if (tb[MESHMOD_A_SERVICE_SOURCE])
		s->source = nla_get_u8(tb[MESHMOD_A_SERVICE_SOURCE]);
	if (tb[MESHMOD_A_SERVICE_REFUSE])
		s->refuse = nla_get_u8(tb[MESHMOD_A_SERVICE_REFUSE]);
	if (tb[MESHMOD_A_SERVICE_OFFLOAD])
		s->offload = nla_get_u8(tb[MESHMOD_A_SERVICE_OFFLOAD]);
	nla_for_each_nested(a, attr, rem) {
		err = parse_service_list(a, s, extack);
		if (err)
			goto err_put;
	}
	return s;

err_put:
	meshmod_service_put(s);
	return ERR_PTR(err);
}

/* The key of a service: MESHMOD_NAME_MAX + 1 bytes at @name. */
int meshmod_parse_service_name(const struct nlattr *attr, char *name,
			       struct netlink_ext_ack *extack)
{
	const struct nlattr *a = meshmod_last_nested(attr, MESHMOD_A_SERVICE_NAME);

	if (!a)
		return refuse(extack, attr, -EINVAL, "a service needs a name");
	nla_strscpy(name, a, MESHMOD_NAME_MAX + 1);
	return 0;
}

static const struct nlattr *the_backend(const struct nlattr *service,
					struct netlink_ext_ack *extack)
{
	if (meshmod_count_nested(service, MESHMOD_A_SERVICE_BACKEND) != 1) {
		NL_SET_ERR_MSG_ATTR(extack, service,
				    "this command takes one backend; name exactly one");
		return NULL;
	}
	return nla_find_nested(service, MESHMOD_A_SERVICE_BACKEND);
}

/* The key of the one backend that a message names: as for a service. */
int meshmod_parse_backend_name(const struct nlattr *service, char *name,
			       struct netlink_ext_ack *extack)
{
	const struct nlattr *attr = the_backend(service, extack), *a;

	if (!attr)
		return -EINVAL;
	a = meshmod_last_nested(attr, MESHMOD_A_BACKEND_NAME);
	if (!a)
		return refuse(extack, attr, -EINVAL, "a backend needs a name");
	nla_strscpy(name, a, MESHMOD_NAME_MAX + 1);
	return 0;
}

/**
 * meshmod_parse_backend - add or change one backend by what a message names
 * @service: MESHMOD_A_SERVICE with one BACKEND, valid by policy
 * @s: an unpublished copy of that service, with room for one backend more
 * @new: add it; else change the one of that name
 * @extack: gets the sentence
 *
 * Return: 0, -EINVAL, -ERANGE, -ENOENT, -ENOSPC or -EOPNOTSUPP.
 */
int meshmod_parse_backend(const struct nlattr *service,
			  struct meshmod_service *s, bool new,
			  struct netlink_ext_ack *extack)
{
	const struct nlattr *attr = the_backend(service, extack);
	char name[MESHMOD_NAME_MAX + 1];
	struct meshmod_backend *b;
	int err;

	err = meshmod_parse_backend_name(service, name, extack);
	if (err)
		return err;
	s->origin = service;
	if (new && s->nbackends == MESHMOD_MAX_BACKENDS)
		return refuse(extack, attr, -ENOSPC,
			      "a service can have 1024 backends; delete one first");
	if (new)
		return parse_new_backend(attr, s, extack);
	b = meshmod_service_backend(s, name);
	if (!b)
		return refuse(extack, attr, -ENOENT,
			      "the service has no backend of this name; list its backends");
	return parse_backend(attr, b, extack);
}
