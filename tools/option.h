/* SPDX-License-Identifier: GPL-2.0 */
/* Options of the whole tool: "-j", "-json" or "--json", before the object. */
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>

enum option_action {
	OPTION_GO_ON,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_WRONG,		/* a sentence has been printed */
};

/* Read those at the start of argv; *at is the first word behind them. */
enum option_action options_parse(int argc, char **argv, int *at);
bool is_option(const char *text);
void options_help(void);

#endif
