// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cmd.h"
#include "permission.h"

bool has_capability(int cap)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	return !syscall(SYS_capget, &head, data) &&
	       data[CAP_TO_INDEX(cap)].effective & CAP_TO_MASK(cap);
}

int no_permission(void)
{
	fflush(stdout);
	fprintf(stderr,
		"no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root\n");
	return EXIT_REFUSED;
}
