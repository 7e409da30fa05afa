#!/usr/bin/env bash
# Bases for deploy/Dockerfile out of Debian's packages and the .NET of this machine, where no image registry is reached:
#   bash tests/dotnet-image.sh <sdk image> <runtime image>      needs apt-get and a Docker engine that answers
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: bash tests/dotnet-image.sh <sdk image> <runtime image>" >&2; exit 2; }

work="$(mktemp -d "${TMPDIR:-/tmp}/dotnet-image.XXXXXX")"
trap 'rm -rf --one-file-system "$work"' EXIT
dotnet="$(dirname "$(readlink -f "$(command -v dotnet)")")"

fetch() { # <folder> <package>...
  mkdir -p "$work/$1"
  (cd "$work/$1" && shift && apt-get -qq -o APT::Sandbox::User=root -o Acquire::Retries=3 download "$@" > /dev/null)
}

unpack() { # <root> <folder>...
  local root="$1" folder package
  shift
  mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{etc,proc,sys,dev,root} "$root/usr/share"
  mkdir -p -m 1777 "$root/tmp"
  for folder in bin sbin lib lib64; do ln -sfn "usr/$folder" "$root/$folder"; done
  for folder in "$@"; do
    for package in "$work/$folder"/*.deb; do
      dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink --exclude=./usr/share/doc --exclude=./usr/share/man
    done
  done
  printf 'root:x:0:0:root:/root:/bin/sh\napp:x:1654:1654::/home/app:/bin/false\n' > "$root/etc/passwd"
  printf 'root:x:0:\napp:x:1654:\n' > "$root/etc/group"
  # What the package itself would make of its certificates when it is set up.
  mkdir -p "$root/etc/ssl/certs"
  cat "$root"/usr/share/ca-certificates/mozilla/*.crt > "$root/etc/ssl/certs/ca-certificates.crt"
}

import() { tar -C "$1" --numeric-owner --owner=0 --group=0 -c . | docker import --change 'ENV PATH=/usr/sbin:/usr/bin' - "$2" > /dev/null; }

fetch runtime libc6 libgcc-s1 libstdc++6 "$(dpkg-query -W -f '${Package}\n' 'libicu[0-9]*' | head -n 1)" libssl3 zlib1g ca-certificates tzdata
fetch tools dash coreutils findutils libacl1 libattr1 libgmp10 libselinux1 libpcre2-8-0

unpack "$work/for-runtime" runtime
mkdir -p "$work/for-runtime$dotnet"
ln -sfn "$dotnet/dotnet" "$work/for-runtime/usr/bin/dotnet"
cp -a "$dotnet"/{dotnet,host,shared} "$work/for-runtime$dotnet/"
import "$work/for-runtime" "$2"

unpack "$work/for-sdk" runtime tools
ln -sfn "$dotnet/dotnet" "$work/for-sdk/usr/bin/dotnet"
ln -sfn dash "$work/for-sdk/usr/bin/sh"
# Packages come by the way this machine gets them, so whom it trusts is trusted.
if [ -r /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt "$work/for-sdk/etc/ssl/certs/"; fi
mkdir -p "$work/for-sdk$dotnet"
cp -a "$dotnet/." "$work/for-sdk$dotnet/"
import "$work/for-sdk" "$1"
