/* SPDX-License-Identifier: GPL-2.0 */
#ifndef PERMISSION_H
#define PERMISSION_H

#include <linux/capability.h>
#include <stdbool.h>

/* In effect, which does not yet mean: over this network namespace */
bool has_capability(int cap);
/* Says that CAP_NET_ADMIN is what lacks; EXIT_REFUSED */
int no_permission(void);

#endif
