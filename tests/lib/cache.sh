# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Where built kernels and images are kept between runs, outside of any checkout.
# To be sourced; sets $cache.  MESHMOD_CACHE chooses another place.

if [ -n "${MESHMOD_CACHE:-}" ]; then
	cache=$MESHMOD_CACHE
elif [ "$(id -u)" = 0 ]; then
	cache=/var/cache/meshmod
else
	cache=${XDG_CACHE_HOME:-$HOME/.cache}/meshmod
fi
mkdir -p "$cache"

# cache_key WORD|FILE...: a name for what is made of these
cache_key() {
	for input; do
		if [ -f "$input" ]; then
			cat "$input"
		else
			echo "$input"
		fi
	done | sha256sum | cut -c1-16
}

# cache_lock NAME: one builder of NAME at a time, until this shell ends
cache_lock() {
	exec 9> "$cache/$1.lock"
	flock 9
}
