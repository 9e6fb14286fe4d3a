/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers in /proc/sys.  What lies under net/ belongs to the network namespace
 * that the tool is in at that moment.
 */
#ifndef SYSCTL_H
#define SYSCTL_H

/* -ENOENT: this kernel, or this namespace, does not have it */
int sysctl_read(const char *path, long *value);
int sysctl_write(const char *path, long value);

#endif
