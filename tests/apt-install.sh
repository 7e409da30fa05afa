#!/usr/bin/env bash
# Installs Debian packages without starting the services they bring:  bash tests/apt-install.sh <package>...
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: bash tests/apt-install.sh <package>..." >&2; exit 2; }
command -v apt-get > /dev/null || { echo "There is no apt-get here; please install: $*" >&2; exit 1; }

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo > /dev/null || { echo "Neither root nor sudo here; please install: $*" >&2; exit 1; }
  # Where nobody can type a password, sudo has to say so instead of waiting for it.
  if [ -t 0 ]; then as_root=(sudo); else as_root=(sudo -n); fi
fi

# invoke-rc.d asks this file; 101 means "no". One that is there already belongs to somebody else and stays as it is.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" > /dev/null
  "${as_root[@]}" chmod 755 "$policy"
fi

apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120)
"${apt[@]}" update < /dev/null || echo "apt-get update failed; trying with the package lists that are here." >&2
"${apt[@]}" install -y --no-install-recommends "$@" < /dev/null
