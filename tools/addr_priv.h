/* SPDX-License-Identifier: GPL-2.0 */
/* What the readers of addr.h share: shared between addr.c and port.c only. */
#ifndef ADDR_PRIV_H
#define ADDR_PRIV_H

#include "util.h"

/* The rest of a sentence, in the static buffer */
__printf(1, 2)
const char *why(const char *fmt, ...);
/* A buffer for callers that bring none; a message prints four at most */
char *addr_turn(char *buf);

#endif
