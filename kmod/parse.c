// SPDX-License-Identifier: GPL-2.0
/*
 * Parsing: attributes to plain objects.  The policies have checked types,
 * lengths and ranges before anything here runs; what objects mean together is
 * config.c's to judge.
 */
#include <linux/inetdevice.h>

#include "attrs.h"

static const struct nla_policy addr_policy[MESHMOD_A_ADDR_MAX + 1] = {
	[MESHMOD_A_ADDR_V4]	= NLA_POLICY_EXACT_LEN(4),
	[MESHMOD_A_ADDR_V6]	= NLA_POLICY_EXACT_LEN(16),
	[MESHMOD_A_ADDR_PREFIX]	= NLA_POLICY_RANGE(NLA_U8, 1, 128),
};

static const struct nla_policy guard_policy[MESHMOD_A_GUARD_MAX + 1] = {
	[MESHMOD_A_GUARD_ADDR]	= NLA_POLICY_NESTED(addr_policy),
	[MESHMOD_A_GUARD_DEV]	= { .type = NLA_NUL_STRING,
				    .len = IFNAMSIZ - 1 },
};

#define CLEARABLE (BIT(MESHMOD_A_NODE_INGRESS) | \
		   BIT(MESHMOD_A_NODE_MASQUERADE) | BIT(MESHMOD_A_NODE_GUARD))

static const struct nla_policy node_policy[MESHMOD_A_NODE_MAX + 1] = {
	[MESHMOD_A_NODE_MASK]		= { .type = NLA_U32 },
	[MESHMOD_A_NODE_INGRESS]	= NLA_POLICY_NESTED(addr_policy),
	[MESHMOD_A_NODE_MASQUERADE]	= NLA_POLICY_NESTED(addr_policy),
	[MESHMOD_A_NODE_GUARD]		= NLA_POLICY_NESTED(guard_policy),
	[MESHMOD_A_NODE_CLEAR]		= NLA_POLICY_MASK(NLA_U32, CLEARABLE),
};

static const struct nla_policy port_policy[MESHMOD_A_PORT_MAX + 1] = {
	[MESHMOD_A_PORT_PROTO]		= { .type = NLA_U8 },
	[MESHMOD_A_PORT_PUBLISHED]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_PORT_TARGET]		= NLA_POLICY_MIN(NLA_U16, 1),
};

static const struct nla_policy backend_policy[MESHMOD_A_BACKEND_MAX + 1] = {
	[MESHMOD_A_BACKEND_NAME]	= { .type = NLA_NUL_STRING,
					    .len = MESHMOD_NAME_MAX },
	[MESHMOD_A_BACKEND_ADDR]	= NLA_POLICY_NESTED(addr_policy),
	[MESHMOD_A_BACKEND_WEIGHT]	= { .type = NLA_U32 },
	[MESHMOD_A_BACKEND_STATE]	= NLA_POLICY_MAX(NLA_U8,
							 MESHMOD_STATE_MAX),
};

static const struct nla_policy service_policy[MESHMOD_A_SERVICE_MAX + 1] = {
	[MESHMOD_A_SERVICE_NAME]	= { .type = NLA_NUL_STRING,
					    .len = MESHMOD_NAME_MAX },
	[MESHMOD_A_SERVICE_MARK]	= NLA_POLICY_MIN(NLA_U32, 1),
	[MESHMOD_A_SERVICE_SCHEDULER]	= NLA_POLICY_MAX(NLA_U8,
							 MESHMOD_SCHED_MAX),
	[MESHMOD_A_SERVICE_SOURCE]	= NLA_POLICY_MAX(NLA_U8,
							 MESHMOD_SOURCE_MAX),
	[MESHMOD_A_SERVICE_VIP]		= NLA_POLICY_NESTED(addr_policy),
	[MESHMOD_A_SERVICE_PORT]	= NLA_POLICY_NESTED(port_policy),
	[MESHMOD_A_SERVICE_BACKEND]	= NLA_POLICY_NESTED(backend_policy),
};

static const struct nla_policy redirect_policy[MESHMOD_A_REDIRECT_MAX + 1] = {
	[MESHMOD_A_REDIRECT_ADDR]	= NLA_POLICY_NESTED(addr_policy),
	[MESHMOD_A_REDIRECT_PROTO]	= { .type = NLA_U8 },
	[MESHMOD_A_REDIRECT_FROM]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_REDIRECT_TO]		= NLA_POLICY_MIN(NLA_U16, 1),
};

const struct nla_policy meshmod_policy_node[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_NODE]	= NLA_POLICY_NESTED(node_policy),
};

const struct nla_policy meshmod_policy_service[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_SERVICE]	= NLA_POLICY_NESTED(service_policy),
};

const struct nla_policy meshmod_policy_redirect[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_REDIRECT]	= NLA_POLICY_NESTED(redirect_policy),
};

const struct nla_policy meshmod_policy_all[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_NODE]	= NLA_POLICY_NESTED(node_policy),
	[MESHMOD_A_SERVICE]	= NLA_POLICY_NESTED(service_policy),
	[MESHMOD_A_REDIRECT]	= NLA_POLICY_NESTED(redirect_policy),
};

/* Refuse, with one sentence and the attribute to blame. */
#define refuse(extack, attr, err, msg)				\
({								\
	NL_SET_ERR_MSG_ATTR(extack, attr, msg);			\
	(err);							\
})

static u32 count_nested(const struct nlattr *nest, int type)
{
	const struct nlattr *a;
	u32 n = 0;
	int rem;

	nla_for_each_nested(a, nest, rem)
		n += nla_type(a) == type;
	return n;
}

/* The attribute of @type in @nest that counts, the last one; or NULL. */
static const struct nlattr *last_nested(const struct nlattr *nest, int type)
{
	const struct nlattr *a, *last = NULL;
	int rem;

	nla_for_each_nested(a, nest, rem)
		if (nla_type(a) == type)
			last = a;
	return last;
}

static int parse_addr(const struct nlattr *attr, struct meshmod_addr *addr,
		      bool prefix, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_ADDR_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_ADDR_MAX, attr, addr_policy,
			       extack);
	if (err)
		return err;
	memset(addr, 0, sizeof(*addr));
	if (tb[MESHMOD_A_ADDR_V6])
		return refuse(extack, tb[MESHMOD_A_ADDR_V6], -EOPNOTSUPP,
			      "this version does not carry IPv6; use an IPv4 address");
	if (!tb[MESHMOD_A_ADDR_V4])
		return refuse(extack, attr, -EINVAL,
			      "an address is missing; give it as IPv4");
	addr->family = AF_INET;
	addr->ip.ip = nla_get_in_addr(tb[MESHMOD_A_ADDR_V4]);
	if (!prefix && tb[MESHMOD_A_ADDR_PREFIX])
		return refuse(extack, tb[MESHMOD_A_ADDR_PREFIX], -EINVAL,
			      "an address has no prefix length here; leave it out");
	if (!prefix)
		return 0;
	if (!tb[MESHMOD_A_ADDR_PREFIX])
		return refuse(extack, attr, -EINVAL,
			      "a subnet needs a prefix length of 1 to 32");
	if (nla_get_u8(tb[MESHMOD_A_ADDR_PREFIX]) > 32)
		return refuse(extack, tb[MESHMOD_A_ADDR_PREFIX], -ERANGE,
			      "a subnet needs a prefix length of 1 to 32");
	addr->prefix = nla_get_u8(tb[MESHMOD_A_ADDR_PREFIX]);
	if (addr->ip.ip & ~inet_make_mask(addr->prefix))
		return refuse(extack, attr, -EINVAL,
			      "a subnet's address has bits set behind its prefix; clear them");
	return 0;
}

static int parse_proto(const struct nlattr *attr, u8 *proto,
		       struct netlink_ext_ack *extack)
{
	*proto = nla_get_u8(attr);
	if (*proto == IPPROTO_TCP || *proto == IPPROTO_UDP)
		return 0;
	return refuse(extack, attr, -EOPNOTSUPP,
		      "this version carries tcp and udp only; use one of them");
}

static int parse_guard(const struct nlattr *attr, struct meshmod_guard *guard,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_GUARD_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_GUARD_MAX, attr, guard_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_GUARD_ADDR] || !tb[MESHMOD_A_GUARD_DEV])
		return refuse(extack, attr, -EINVAL,
			      "a guard needs the endpoint's address and its device");
	memset(guard->dev, 0, sizeof(guard->dev));
	if (nla_strscpy(guard->dev, tb[MESHMOD_A_GUARD_DEV],
			sizeof(guard->dev)) < 1)
		return refuse(extack, tb[MESHMOD_A_GUARD_DEV], -EINVAL,
			      "a guard's device has no name; give the name of the ingress leg");
	return parse_addr(tb[MESHMOD_A_GUARD_ADDR], &guard->addr, false,
			  extack);
}

static int parse_node_list(const struct nlattr *a, struct meshmod_node *node,
			   struct netlink_ext_ack *extack)
{
	switch (nla_type(a)) {
	case MESHMOD_A_NODE_INGRESS:
		if (node->ningress == MESHMOD_MAX_INGRESS)
			return refuse(extack, a, -ENOSPC,
				      "a node can have 16 ingress addresses; name fewer");
		return parse_addr(a, &node->ingress[node->ningress++], false,
				  extack);
	case MESHMOD_A_NODE_MASQUERADE:
		if (node->nmasquerade == MESHMOD_MAX_MASQUERADE)
			return refuse(extack, a, -ENOSPC,
				      "a node can masquerade 8 subnets; name fewer");
		return parse_addr(a, &node->masquerade[node->nmasquerade++],
				  true, extack);
	case MESHMOD_A_NODE_GUARD:
		if (node->nguards == MESHMOD_MAX_GUARDS)
			return refuse(extack, a, -ENOSPC,
				      "a node can guard 64 addresses; name fewer");
		return parse_guard(a, &node->guards[node->nguards++], extack);
	}
	return 0;
}

static void clear_lists(struct meshmod_node *node, u32 lists)
{
	if (lists & BIT(MESHMOD_A_NODE_INGRESS))
		node->ningress = 0;
	if (lists & BIT(MESHMOD_A_NODE_MASQUERADE))
		node->nmasquerade = 0;
	if (lists & BIT(MESHMOD_A_NODE_GUARD))
		node->nguards = 0;
}

/**
 * meshmod_parse_node - change settings by what a message names
 * @attr: MESHMOD_A_NODE, valid by policy
 * @node: the settings, private to the caller; undefined after a refusal
 * @extack: gets the sentence
 *
 * Return: 0, -EINVAL, -ENOSPC or -EOPNOTSUPP.
 */
int meshmod_parse_node(const struct nlattr *attr, struct meshmod_node *node,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_NODE_MAX + 1];
	const struct nlattr *a;
	int err, rem;

	err = nla_parse_nested(tb, MESHMOD_A_NODE_MAX, attr, node_policy,
			       extack);
	if (err)
		return err;
	if (tb[MESHMOD_A_NODE_MASK])
		node->mask = nla_get_u32(tb[MESHMOD_A_NODE_MASK]);
	if (tb[MESHMOD_A_NODE_CLEAR])
		clear_lists(node, nla_get_u32(tb[MESHMOD_A_NODE_CLEAR]));
	if (tb[MESHMOD_A_NODE_INGRESS])
		node->ningress = 0;
	if (tb[MESHMOD_A_NODE_MASQUERADE])
		node->nmasquerade = 0;
	if (tb[MESHMOD_A_NODE_GUARD])
		node->nguards = 0;
	nla_for_each_nested(a, attr, rem) {
		err = parse_node_list(a, node, extack);
		if (err)
			return err;
	}
	return 0;
}

static int parse_port(const struct nlattr *attr, struct meshmod_port *port,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_PORT_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_PORT_MAX, attr, port_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_PORT_PROTO] || !tb[MESHMOD_A_PORT_PUBLISHED])
		return refuse(extack, attr, -EINVAL,
			      "a published port needs its protocol and its number");
	port->published = nla_get_u16(tb[MESHMOD_A_PORT_PUBLISHED]);
	port->target = tb[MESHMOD_A_PORT_TARGET] ?
		       nla_get_u16(tb[MESHMOD_A_PORT_TARGET]) :
		       port->published;
	return parse_proto(tb[MESHMOD_A_PORT_PROTO], &port->proto, extack);
}

/* Change @b by what the attribute names. */
static int parse_backend(const struct nlattr *attr, struct meshmod_backend *b,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_BACKEND_MAX + 1];
	struct meshmod_addr addr;
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_BACKEND_MAX, attr, backend_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_BACKEND_NAME])
		return refuse(extack, attr, -EINVAL, "a backend needs a name");
	nla_strscpy(b->name, tb[MESHMOD_A_BACKEND_NAME], sizeof(b->name));
	if (tb[MESHMOD_A_BACKEND_ADDR]) {
		err = parse_addr(tb[MESHMOD_A_BACKEND_ADDR], &addr, false,
				 extack);
		if (err)
			return err;
		if (b->run && !meshmod_addr_equal(&addr, &b->addr)) {
			meshmod_backend_run_put(b->run);
			b->run = NULL;		/* another one counts anew */
		}
		b->addr = addr;
	} else if (!b->addr.family) {
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
		return parse_addr(a, &s->vips[s->nvips++], false, extack);
	case MESHMOD_A_SERVICE_PORT:
		return parse_port(a, &s->ports[s->nports++], extack);
	case MESHMOD_A_SERVICE_BACKEND:
		return parse_new_backend(a, s, extack);
	}
	return 0;
}

/* Room for what the message names: a new service, or a copy of @base. */
static struct meshmod_service *
service_for(const struct nlattr *attr, const struct meshmod_service *base,
	    struct nlattr **tb, struct netlink_ext_ack *extack)
{
	u32 nports = count_nested(attr, MESHMOD_A_SERVICE_PORT);
	u32 nbackends = count_nested(attr, MESHMOD_A_SERVICE_BACKEND);
	struct meshmod_service *s;

	if (count_nested(attr, MESHMOD_A_SERVICE_VIP) > MESHMOD_MAX_VIPS) {
		NL_SET_ERR_MSG_ATTR(extack, tb[MESHMOD_A_SERVICE_VIP],
				    "a service can have 2 VIPs; name fewer");
		return ERR_PTR(-ENOSPC);
	}
	if (nports > MESHMOD_MAX_PORTS) {
		NL_SET_ERR_MSG_ATTR(extack, tb[MESHMOD_A_SERVICE_PORT],
				    "a service can publish 64 ports; split it into several services");
		return ERR_PTR(-ENOSPC);
	}
	if (nbackends > MESHMOD_MAX_BACKENDS) {
		NL_SET_ERR_MSG_ATTR(extack, tb[MESHMOD_A_SERVICE_BACKEND],
				    "a service can have 1024 backends; name fewer");
		return ERR_PTR(-ENOSPC);
	}
	s = base ? meshmod_service_copy(base, nports, nbackends) :
		   meshmod_service_alloc(nports, nbackends);
	return s ?: ERR_PTR(-ENOMEM);
}

static void empty_named_lists(struct meshmod_service *s, struct nlattr **tb)
{
	if (tb[MESHMOD_A_SERVICE_VIP])
		s->nvips = 0;
	if (tb[MESHMOD_A_SERVICE_PORT])
		s->nports = 0;
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

	err = nla_parse_nested(tb, MESHMOD_A_SERVICE_MAX, attr, service_policy,
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
	empty_named_lists(s, tb);
	if (tb[MESHMOD_A_SERVICE_MARK])
		s->mark = nla_get_u32(tb[MESHMOD_A_SERVICE_MARK]);
	if (tb[MESHMOD_A_SERVICE_SCHEDULER])
		s->scheduler = nla_get_u8(tb[MESHMOD_A_SERVICE_SCHEDULER]);
	if (tb[MESHMOD_A_SERVICE_SOURCE])
		s->source = nla_get_u8(tb[MESHMOD_A_SERVICE_SOURCE]);
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
	const struct nlattr *a = last_nested(attr, MESHMOD_A_SERVICE_NAME);

	if (!a)
		return refuse(extack, attr, -EINVAL, "a service needs a name");
	nla_strscpy(name, a, MESHMOD_NAME_MAX + 1);
	return 0;
}

static const struct nlattr *the_backend(const struct nlattr *service,
					struct netlink_ext_ack *extack)
{
	if (count_nested(service, MESHMOD_A_SERVICE_BACKEND) != 1) {
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
	a = last_nested(attr, MESHMOD_A_BACKEND_NAME);
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

/**
 * meshmod_parse_redirect - a redirect, or the key of one
 * @attr: MESHMOD_A_REDIRECT, valid by policy
 * @need_to: the target port must be there; else it is 0 if it is not
 * @r: filled
 * @extack: gets the sentence
 *
 * Return: 0, -EINVAL or -EOPNOTSUPP.
 */
int meshmod_parse_redirect(const struct nlattr *attr, bool need_to,
			   struct meshmod_redirect *r,
			   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_REDIRECT_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_REDIRECT_MAX, attr,
			       redirect_policy, extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_REDIRECT_ADDR] || !tb[MESHMOD_A_REDIRECT_PROTO] ||
	    !tb[MESHMOD_A_REDIRECT_FROM])
		return refuse(extack, attr, -EINVAL,
			      "a redirect is named by its address, protocol and published port; give all three");
	if (need_to && !tb[MESHMOD_A_REDIRECT_TO])
		return refuse(extack, attr, -EINVAL,
			      "a redirect needs a target port");
	memset(r, 0, sizeof(*r));
	r->from = nla_get_u16(tb[MESHMOD_A_REDIRECT_FROM]);
	if (tb[MESHMOD_A_REDIRECT_TO])
		r->to = nla_get_u16(tb[MESHMOD_A_REDIRECT_TO]);
	return parse_proto(tb[MESHMOD_A_REDIRECT_PROTO], &r->proto, extack) ?:
	       parse_addr(tb[MESHMOD_A_REDIRECT_ADDR], &r->addr, false, extack);
}

/*
 * The attribute number @pos of @type inside of @nest; if the message does not
 * hold so many, the only one, or @nest itself.
 */
static const struct nlattr *nth_nested(const struct nlattr *nest, int type,
				       u32 pos)
{
	const struct nlattr *a;
	int rem;

	nla_for_each_nested(a, nest, rem)
		if (nla_type(a) == type && !pos--)
			return a;
	return count_nested(nest, type) == 1 ? last_nested(nest, type) : nest;
}

static const struct nlattr *blamed(const struct meshmod_refusal *why,
				   struct nlattr **attrs)
{
	const struct nlattr *service;

	service = why->service && why->service->origin ?
		  why->service->origin : attrs[MESHMOD_A_SERVICE];
	switch (why->about) {
	case MESHMOD_ABOUT_NODE:
		return attrs[MESHMOD_A_NODE] ?
		       nth_nested(attrs[MESHMOD_A_NODE], why->pos, why->nth) :
		       NULL;
	case MESHMOD_ABOUT_SERVICE:
		return service;
	case MESHMOD_ABOUT_MARK:
		return service ?
		       nth_nested(service, MESHMOD_A_SERVICE_MARK, 0) : NULL;
	case MESHMOD_ABOUT_VIP:
		return service ? nth_nested(service, MESHMOD_A_SERVICE_VIP,
					    why->pos) : NULL;
	case MESHMOD_ABOUT_PORT:
		return service ? nth_nested(service, MESHMOD_A_SERVICE_PORT,
					    why->pos) : NULL;
	case MESHMOD_ABOUT_BACKEND:
		return service ? nth_nested(service, MESHMOD_A_SERVICE_BACKEND,
					    why->pos) : NULL;
	case MESHMOD_ABOUT_REDIRECT:
		return attrs[MESHMOD_A_REDIRECT];
	default:
		return NULL;
	}
}

/* Tell the sender what config.c refused.  Return: @err. */
int meshmod_refusal_say(const struct meshmod_refusal *why, int err,
			struct nlattr **attrs,
			struct netlink_ext_ack *extack)
{
	if (!why->msg || !extack)
		return err;
	NL_SET_BAD_ATTR(extack, blamed(why, attrs));
	extack->_msg = why->msg;
	return err;
}

#ifdef MESHMOD_KUNIT
#include "parse_test.c"
#endif
