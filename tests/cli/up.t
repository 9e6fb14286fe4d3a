# SPDX-License-Identifier: GPL-2.0
# Commands that take a mesh file; what a file may say is in mesh-*.t.  The format: see run.

# up, apply, down

$ meshmod-ctl up
2> up: -f is missing; write: meshmod-ctl up -f FILE [--node NAME] [--dry-run]
= 1

$ meshmod-ctl apply --dry-run
2> apply: -f is missing; write: meshmod-ctl apply -f FILE [--node NAME] [--dry-run]
= 1

$ meshmod-ctl up -f
2> up: -f lacks its value; write: -f FILE
= 1

$ meshmod-ctl up -f ''
2> up: -f "" is empty; give a file, or - for standard input
= 1

$ meshmod-ctl up mesh.yaml
2> up: mesh.yaml is not a keyword; use one of: -f, --node, --dry-run
= 1

$ meshmod-ctl up -f data/mesh.yaml -f data/mesh.yaml
2> up: -f is given twice; give it once
= 1

$ meshmod-ctl up -f data/mesh.yaml --dryrun
2> up: --dryrun is not a keyword; did you mean --dry-run?
= 1

$ meshmod-ctl up -f data/mesh.yaml --node
2> up: --node lacks its value; write: --node NAME
= 1

$ meshmod-ctl up -f data/mesh.yaml --node 'node 1'
2> up: --node node 1 is not a name; use letters, digits, '.', '_' and '-' only
= 1

$ meshmod-ctl up -f data/mesh.yaml --node node1
2> --node: node1 is not a node of data/mesh.yaml; did you mean node01?
= 1

$ meshmod-ctl up -f data/mesh.yaml --node elsewhere
2> --node: elsewhere is not a node of data/mesh.yaml; name one that stands under nodes
= 1

$ meshmod-ctl up -f data/mesh.yaml
2> data/mesh.yaml: this host has no node's underlay address; correct the file or name the node with --node NAME
= 1

$ sed 's/192.0.2.1\([0-2]\)/"2001:db8::1\1"/' data/mesh.yaml > mesh.yaml && meshmod-ctl up -f mesh.yaml
2> mesh.yaml: this host has no node's underlay address; correct the file or name the node with --node NAME
= 1

$ meshmod-ctl apply -f no-such-file
2> no-such-file: cannot be opened: No such file or directory; name a mesh file with -f
= 1

$ meshmod-ctl down -f no-such-file
2> no-such-file: cannot be opened: No such file or directory; name a mesh file with -f
= 1

$ meshmod-ctl down -f data/mesh.yaml --node elsewhere
2> --node: elsewhere is not a node of data/mesh.yaml; name one that stands under nodes
= 1

$ meshmod-ctl down --node node01
2> down: --node node01 needs the mesh file that names it; add -f FILE or leave out --node
= 1

$ meshmod-ctl down mesh.yaml
2> down: mesh.yaml is not a keyword; use one of: -f, --node, --dry-run
= 1

$ as-admin meshmod-ctl up --node node01 -f data/mesh.yaml --dry-run
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl apply --dry-run --node node01 -f - < data/mesh.json
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl down --dry-run
1> nothing to remove
= 0

$ as-admin meshmod-ctl -j down --dry-run
1> {"changes":[],"result":"nothing to remove"}
= 0

$ as-admin meshmod-ctl -p down --dry-run -f data/mesh.yaml --node node01
1> {
1>     "changes": [],
1>     "result": "nothing to remove"
1> }
= 0

$ as-admin meshmod-ctl -j up --node node01 -f data/mesh.yaml --dry-run
2> the module is not loaded; load it with: modprobe meshmod
= 3

# a service that no message can hold: told before anything is built

$ name=0123456789012345678901234567890123456789012345678901234567
$ cp data/mesh.yaml . && (for i in $(seq 1021); do echo "      $name$i: {node: node01, ip: 10.11.$((i / 250 + 1)).$((i % 250 + 1)), netns: b$i}"; done) >> mesh.yaml
$ as-admin meshmod-ctl up --node node01 -f mesh.yaml --dry-run
2> mesh.yaml:12:3: the backends of service web are more than one message to the kernel can hold (64 KiB); use fewer or shorter names
= 1

$ name=0123456789012345678
$ cp data/mesh.yaml . && (for i in $(seq 1021); do echo "      $name$i: {node: node01, ip: 10.11.$((i / 250 + 1)).$((i % 250 + 1)), netns: b$i, weight: 0, state: down}"; done) >> mesh.yaml
$ as-admin meshmod-ctl up --node node01 -f mesh.yaml --dry-run
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-nobody meshmod-ctl up -f data/mesh.yaml --node node01 --dry-run
2> no permission: this needs CAP_NET_ADMIN and CAP_SYS_ADMIN; run it as root
= 2

$ as-nobody meshmod-ctl down --dry-run
2> no permission: this needs CAP_NET_ADMIN and CAP_SYS_ADMIN; run it as root
= 2

# output that cannot be written is an error, too

$ meshmod-ctl help > /dev/full
2> cannot write the output: No space left on device; make room for it and repeat the command
= 2
