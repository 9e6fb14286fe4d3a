/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Network namespaces by name (/run/netns/NAME), absolute path or process id.
 *
 * The tool has one thread: it steps into a namespace, opens a socket or a file
 * of /proc/sys/net there, and steps back.
 */
#ifndef NETNS_H
#define NETNS_H

#include <stdbool.h>
#include <sys/types.h>

#define NETNS_DIR	"/run/netns"

struct rtnl;

struct netns {
	char *name;		/* for messages */
	int fd;			/* -1: not there, in a dry run */
	ino_t ino;		/* tells one namespace from another */
	struct rtnl *rtnl;	/* NULL with fd -1 */
};

enum netns_file {
	NETNS_ABSENT,
	NETNS_STALE,		/* an empty file that nothing is mounted on */
	NETNS_THERE,
	NETNS_OTHER,		/* a file that is no namespace */
};

char *netns_path(const char *ref);	/* of NAME, /PATH or PID; free() it */
enum netns_file netns_file(const char *ref);

struct netns *netns_open(const char *ref);	/* NULL and errno */
/*
 * The one with this inode: where ref leads to, or that of any process.  NULL
 * and errno, which is ESRCH when there is none any more.
 */
struct netns *netns_search(const char *ref, ino_t ino);
struct netns *netns_current(const char *name);	/* NULL and errno */
struct netns *netns_absent(const char *name);	/* for a dry run */
void netns_close(struct netns *ns);		/* NULL is fine */

int netns_enter(const struct netns *ns);	/* 0 or a negative errno */

/*
 * Make a namespace in /run/netns.  prepare() runs inside before anyone can
 * see it, so that the name never shows up without its mark.  Returns to the
 * namespace of @back.
 */
int netns_create(const char *name, const struct netns *back,
		 int (*prepare)(struct rtnl *r));
int netns_delete(const char *name);

#endif
