/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels, 6.1 and 6.12; the rest of the module is
 * written for the newer one.
 */
#ifndef _MESHMOD_COMPAT_H
#define _MESHMOD_COMPAT_H

#include <linux/version.h>
#include <net/genetlink.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
#define meshmod_dump_attrs(cb)	(genl_dumpit_info(cb)->attrs)
#else
#define meshmod_dump_attrs(cb)	(genl_info_dump(cb)->attrs)
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#include <net/gso.h>
#endif

#endif /* _MESHMOD_COMPAT_H */
