# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The module's own answers: what objects print, what it refuses and how it says
# so; a whole configuration up to the limits, and one beyond, which must change
# nothing.

machine alone
tables() {
	on alone "$MESHMOD_TESTS/cli/run" "$MESHMOD_BIN/meshmod-ctl" \
		"$MESHMOD_TESTS"/cli/module/"$1".t > "$T/tables" 2>&1
}
for table in node service backend binding flow; do
	text="the table $table"
	if tables "$table"; then
		claim 0 "$text: $(tail -n 1 "$T/tables")"
	else
		claim 1 "$text"
		comment '>' < "$T/tables"
	fi
done
on alone "$MESHMOD_BIN/config_test" > "$T/config" 2>&1
code=$?
sed "s/ok [0-9]* - /ok - $scenario: /; /^1\.\./d; /^\(not \)*ok /!s/^/# /" "$T/config"
claim "$code" 'the test of configurations ends well'
