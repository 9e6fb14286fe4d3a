// SPDX-License-Identifier: GPL-2.0
/*
 * What cannot be found by its mark: the namespaces whose module configuration
 * is ours, and rules for replies.  One file each in /run/meshmod, written before
 * the first change in it and removed after the last; its name is the namespace's
 * inode, its content how to reach it.
 */
#include <errno.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "topology_priv.h"

/* Whoever can open the folder can lock it and keep us waiting: only root can */
static int open_folder(void)
{
	int fd;

	do {	/* another may remove it in between */
		if (mkdir(STATE_DIR, 0700) && errno != EEXIST)
			return -1;
		fd = open(STATE_DIR,
			  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	} while (fd < 0 && errno == ENOENT);
	if (fd < 0 || !fchmod(fd, 0700))
		return fd;
	close(fd);
	return -1;
}

static int wait_for_lock(int fd)
{
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return 0;
	if (errno != EWOULDBLOCK)
		return -1;
	fputs("another meshmod-ctl is at work; waiting\n", stderr);
	return flock(fd, LOCK_EX);
}

/* It is what has the name now, not one that another has removed meanwhile */
static bool is_folder(int fd)
{
	struct stat own, there;

	return !fstat(fd, &own) && own.st_nlink && !stat(STATE_DIR, &there) &&
	       own.st_dev == there.st_dev && own.st_ino == there.st_ino;
}

/* Only one at a time builds or removes. */
int state_lock(struct topo *t)
{
	int fd, ret;

	while ((fd = open_folder()) >= 0 && !wait_for_lock(fd)) {
		if (is_folder(fd)) {
			t->lock = fd;
			return 0;
		}
		close(fd);
	}
	ret = topo_refuse(2,
			  "cannot use %s: %m; make it writable and repeat the command",
			  STATE_DIR);
	if (fd >= 0)
		close(fd);
	return ret;
}

/* A folder in which nothing is recorded goes again; else rmdir() refuses. */
void state_unlock(struct topo *t)
{
	if (t->lock < 0)
		return;
	if (is_folder(t->lock))
		rmdir(STATE_DIR);
	close(t->lock);
	t->lock = -1;
}

static char *state_path(ino_t ino)
{
	return xasprintf(STATE_DIR "/%ju", (uintmax_t)ino);
}

/* Written aside and renamed: a reader sees all of it or nothing. */
static int write_file(const char *path, const char *text)
{
	char *aside = xasprintf("%s.new", path);
	int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int err = 0;

	if (fd < 0 || dprintf(fd, "%s\n", text) < 0)
		err = -errno;
	if (fd >= 0)
		close(fd);
	if (!err && rename(aside, path))
		err = -errno;
	free(aside);
	return err;
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	if (!f)
		return NULL;
	len = getline(&line, &size, f);
	fclose(f);
	if (len > 0 && line[len - 1] == '\n')
		line[--len] = '\0';
	if (len > 0)
		return line;
	free(line);
	return NULL;
}

int state_record(struct topo *t, const struct netns *ns, const char *ref)
{
	char *path = state_path(ns->ino);
	char *have = read_file(path);
	int err = 0;

	if (!have || strcmp(have, ref))
		err = write_file(path, ref);
	if (err)
		topo_note(t, "write %s", path);
	free(have);
	free(path);
	return topo_done_sys(t, err);
}

int state_forget(struct topo *t, ino_t ino)
{
	char *path = state_path(ino);
	int err = unlink(path) && errno != ENOENT ? -errno : 0;

	if (err)
		topo_note(t, "remove %s", path);
	free(path);
	return topo_done_sys(t, err);
}

size_t state_list(struct state **out)
{
	DIR *dir = opendir(STATE_DIR);
	struct state *s;
	struct dirent *d;
	char *path, *ref;
	size_t n = 0;

	*out = NULL;
	while (dir && (d = readdir(dir))) {
		if (d->d_name[strspn(d->d_name, "0123456789")])
			continue;
		path = xasprintf(STATE_DIR "/%s", d->d_name);
		ref = read_file(path);
		free(path);
		if (!ref)
			continue;
		s = array_add(out, &n, sizeof(*s));
		s->ino = strtoull(d->d_name, NULL, 10);
		s->ref = ref;
	}
	if (dir)
		closedir(dir);
	return n;
}

void state_free(struct state *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(list[i].ref);
	free(list);
}

/* All of it; what a killed write left aside too.  The folder goes unlocked. */
void state_remove(void)
{
	DIR *dir = opendir(STATE_DIR);
	struct dirent *d;

	while (dir && (d = readdir(dir)))
		if (d->d_name[0] != '.')
			unlinkat(dirfd(dir), d->d_name, 0);
	if (dir)
		closedir(dir);
}
