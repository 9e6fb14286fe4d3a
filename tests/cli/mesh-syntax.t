# What is no YAML, or YAML that is no mesh file.
# Each row shows what differs from the example; the file is told before all else.

# an empty file
$ : > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:1: the file is empty; start it with "version: 1"
= 1

# nothing but a comment
$ printf '# later\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:1: the file is empty; start it with "version: 1"
= 1

# an empty document
$ printf -- '---\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:1: the file is empty; start it with "version: 1"
= 1

# a list
$ printf -- '- version: 1\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:1: the file is a list; write a mapping, one "key: value" per line
= 1

# a word
$ printf 'version\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:1: the file is a single value; write a mapping, one "key: value" per line
= 1

# a bracket that is not closed
$ printf 'version: 1\nmesh: [ingress\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: not YAML: did not find expected ',' or ']'; check indentation, brackets, colons and quotes here and just before
= 1

# a colon too many
$ printf 'version: 1\nmesh: a: b\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:8: not YAML: mapping values are not allowed in this context; check indentation, brackets, colons and quotes here and just before
= 1

# indentation that does not fit
$ printf 'version: 1\n  mesh: ingress\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:7: not YAML: mapping values are not allowed in this context; check indentation, brackets, colons and quotes here and just before
= 1

# a tab that indents
$ printf 'version: 1\noverlay:\n\tvni: 1\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: not YAML: found character that cannot start any token; check indentation, brackets, colons and quotes here and just before
= 1

# a quote that is not closed
$ printf 'version: 1\nmesh: "ingress\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: not YAML: found unexpected end of stream; check indentation, brackets, colons and quotes here and just before
= 1

# a byte that is no UTF-8
$ printf 'version: 1\nmesh: w\351b\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:9: not text that YAML allows (invalid trailing UTF-8 octet); save the file as plain UTF-8
= 1

# a control byte
$ printf 'version: 1\nmesh: w\001b\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:8: not text that YAML allows (control characters are not allowed); save the file as plain UTF-8
= 1

# a zero byte in a value
$ printf 'version: 1\nmesh: "a\\0b"\noverlay: {}\nnodes: {}\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:7: mesh has a zero byte in it; remove it
= 1

# a zero byte behind a word that means something
$ sed 's/auto/"auto\\0xyz"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:81: mtu has a zero byte in it; remove it
= 1

# a zero byte behind all
$ sed 's/mtu: auto/allow: ["all\\0zz"]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:84: an entry of allow has a zero byte in it; remove it
= 1

# a zero byte behind a key
$ sed 's/version: 1/"version\\0": 1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: a key of the file is not text; write a plain word
= 1

# two documents
$ printf 'version: 1\n---\nversion: 1\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:1: a second document starts here; a mesh file is one, remove the other
= 1

# an anchor
$ printf 'version: &one 1\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:10: anchors (&) and aliases (*) are not for mesh files; write the value out
= 1

# an alias
$ printf 'version: *one\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:10: anchors (&) and aliases (*) are not for mesh files; write the value out
= 1

# a merge key
$ printf 'version: 1\n<<: {mesh: ingress}\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:2:1: unknown key << in the file; its keys are version, mesh, topology, offload, overlay, gateway, nodes and services
= 1

# a tag
$ printf 'version: !!int 1\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:10: tags (!) are not for mesh files; remove it
= 1

# a list as a key
$ printf '? [version]\n: 1\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:3: a key of the file is a list; write a plain word
= 1

# deep nesting
$ printf 'version: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:25: nested deeper than a mesh file ever is; remove brackets or indentation
= 1

# JSON with a comma too few
$ printf '{"version": 1 "mesh": "ingress"}\n' > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1:21: not YAML: did not find expected ',' or '}'; check indentation, brackets, colons and quotes here and just before
= 1

# no file
$ meshmod-ctl up --node manager -f none.yaml --dry-run
2> none.yaml: cannot be opened: No such file or directory; name a mesh file with -f
= 1

# a directory
$ meshmod-ctl up --node manager -f / --dry-run
2> /: cannot be read: Is a directory; name a mesh file with -f
= 1

# a file that may not be read
$ umask 777; : > mesh.yaml
$ as-nobody meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml: cannot be opened: Permission denied; name a mesh file with -f
= 1

# standard input, empty
$ meshmod-ctl up --node manager -f - --dry-run
2> <stdin>:1:1: the file is empty; start it with "version: 1"
= 1
