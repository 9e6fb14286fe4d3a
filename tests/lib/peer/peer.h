/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of peer share; peer.c says what it does. */
#ifndef PEER_H
#define PEER_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdnoreturn.h>
#include <sys/socket.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

struct options {
	const char *from;	/* -b */
	int port;		/* -p */
	int count;		/* -n, or 0 */
	long rate;		/* -r */
	bool tally;		/* -c */
	bool vxlan;		/* -vxlan */
};

extern int timeout_ms;		/* -t */

noreturn void die(const char *what);
noreturn void refuse(const char *what, const char *why);
long now_ms(void);
int read_number(const char *text, int max);

/* address.c: an address of either family, with or without a port */

struct endpoint {
	union {
		struct sockaddr sa;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	};
};

#define ADDRESS_TEXT	64

bool read_address(const char *text, struct endpoint *e);
bool is_ip6(const struct endpoint *e);
socklen_t size_of(const struct endpoint *e);
void *bytes_of(struct endpoint *e, size_t *len);
bool same_address(const struct endpoint *a, const struct endpoint *b);
void set_address(struct endpoint *e, int family, const void *bytes);
void set_port(struct endpoint *e, int port);
int port_of(const struct endpoint *e);
void write_address(const struct endpoint *e, char text[ADDRESS_TEXT]);
struct endpoint address(const char *text);
struct endpoint endpoint(const char *host, const char *port);

struct proto {
	const char *name;
	int number;
	int type;	/* of a socket */
};

const struct proto *proto_of(const char *name);
bool is_stream(const struct proto *proto);
void no_delay(int fd, const struct proto *proto);

/* pattern.c: data that both ends can check */

#define CHUNK	16384

/*
 * A request of the verb big, or with "got" its answer: the rest has the pattern
 * from a place on, and how many bytes it is in all.
 */
#define BIG_HEAD	19
#define BIG_MIN		32
#define BIG_MAX		60000

void write_big_head(char head[32], const char *word, uint32_t from,
		    unsigned int bytes);
void fill_pattern(void *buf, size_t len, uint64_t from);
size_t check_pattern(const void *buf, size_t len, uint64_t from);
bool write_all(int fd, const void *data, size_t len);
int read_line(int fd, char *line, size_t size);
bool give(int fd, uint64_t from, uint64_t bytes, long rate);
uint64_t take(int fd, uint64_t from, uint64_t bytes);

/* place.c: where a process is */

void enter_process(const char *pid);
void enter_netns(const char *ns);
int background(void (*prepare)(const char *arg), const char *arg);

/* client.c */

struct target {
	struct endpoint at;
	const struct proto *proto;
};

struct target target(const char *proto, const char *host, const char *port);
int begin(const struct target *to, const struct options *o, int from_port);
int finish(int fd, const struct proto *proto);
int open_one(const struct target *to, const struct options *o);
const char *why(int err);
int request(int fd, const struct proto *proto, char *reply, size_t size);
bool tell(int err, const char *reply);

/* frame.c: packets made by hand, from the end to the beginning */

struct frame {
	uint8_t room[4096];
	size_t at;		/* where it begins; it ends where room does */
};

void clear(struct frame *f);
size_t length(const struct frame *f);
const void *start(const struct frame *f);
void *push(struct frame *f, size_t len);
void push_bytes(struct frame *f, const void *data, size_t len);
void push_udp(struct frame *f, const struct endpoint *src,
	      const struct endpoint *dst);
void push_syn(struct frame *f, const struct endpoint *src,
	      const struct endpoint *dst);
void push_init(struct frame *f, const struct endpoint *src,
	       const struct endpoint *dst);
void push_icmp6(struct frame *f, const struct endpoint *src,
		const struct endpoint *dst);
void push_options(struct frame *f, uint8_t *next);
void push_ip(struct frame *f, const struct endpoint *src,
	     const struct endpoint *dst, uint8_t next);
void push_vlan(struct frame *f, int id, uint16_t *type);
void push_ether(struct frame *f, const uint8_t src[6], const uint8_t dst[6],
		uint16_t type);
void push_vxlan(struct frame *f, uint32_t vni);
void read_mac(const char *text, uint8_t mac[6]);
int raw_socket(const struct endpoint *to);
bool send_raw(int fd, const struct frame *f, const struct endpoint *to);

/* The verbs: their words, up to a NULL, and the options before them */

int machine(char **a, const struct options *o);
int serve(char **a, const struct options *o);
int ask(char **a, const struct options *o);
int talk(char **a, const struct options *o);
int many(char **a, const struct options *o);
int flood(char **a, const struct options *o);
int send_data(char **a, const struct options *o);
int fetch_data(char **a, const struct options *o);
int big(char **a, const struct options *o);
int burst(char **a, const struct options *o);
int forge(char **a, const struct options *o);
int sniff(char **a, const struct options *o);

#endif
