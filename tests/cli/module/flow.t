# SPDX-License-Identifier: GPL-2.0
# flow, with the module.  The format: see ../run.

# Where there is nothing
$ meshmod-ctl flow resolve 10.11.0.4:30940
2> no connection comes from 10.11.0.4:30940 in this namespace; while it lives, ask on the node that has this ingress address, with -n meshmod-ingress (in the flat topology without -n)
= 2

$ meshmod-ctl -j flow resolve [fd00:11::4]:1 proto sctp
2> no connection comes from [fd00:11::4]:1 in this namespace; while it lives, ask on the node that has this ingress address, with -n meshmod-ingress (in the flat topology without -n)
= 2
