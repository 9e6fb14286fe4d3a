// SPDX-License-Identifier: GPL-2.0
/* Read and write one number in /proc/sys. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sysctl.h"
#include "util.h"

static int sysctl_open(const char *path, int flags)
{
	char *file = xasprintf("/proc/sys/%s", path);
	int fd = open(file, flags | O_CLOEXEC);
	int err = fd < 0 ? -errno : 0;

	free(file);
	return err ? err : fd;
}

int sysctl_read(const char *path, long *value)
{
	int fd = sysctl_open(path, O_RDONLY);
	char text[32], *end;
	ssize_t len;

	if (fd < 0)
		return fd;
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (len < 0)
		return -EIO;
	text[len] = '\0';
	*value = strtol(text, &end, 10);
	return end == text ? -EINVAL : 0;
}

int sysctl_write(const char *path, long value)
{
	int fd = sysctl_open(path, O_WRONLY);
	int err;

	if (fd < 0)
		return fd;
	err = dprintf(fd, "%ld\n", value) < 0 ? -errno : 0;
	close(fd);
	return err;
}
