#!/bin/sh
# Prints .env.example with every secret made:  sh new-env.sh > .env
set -eu
cd "$(dirname "$0")"
umask 077

# SQL Server asks for letters of both cases, a figure and a sign; nothing in it may mean something in an address or a connection string.
password() { printf 'Aa1-%s' "$(head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n')"; }

while IFS= read -r line; do
  case "$line" in
    MASTER_KEY=) printf 'MASTER_KEY=%s\n' "$(head -c 32 /dev/urandom | base64)" ;;
    MSSQL_SA_PASSWORD= | DATABASE_PASSWORD= | BROKER_PASSWORD= | GRAFANA_PASSWORD=) printf '%s%s\n' "$line" "$(password)" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < .env.example
