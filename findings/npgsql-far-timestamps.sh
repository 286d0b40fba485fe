#!/usr/bin/env bash
# Npgsql 10.0.3 with PostgreSQL 18.4: a timestamp beyond the year 9999 has no DateTime and is refused, but not all are: those of some far years become
# moments that .NET has, without an error. The last moment that PostgreSQL knows, in the year 294276, is read as one of 1999, and the year 60000 as 1544.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
source "$(dirname "${BASH_SOURCE[0]}")/server/read-values.sh"
start_server

cat >"$folder/expected" <<'TXT'
'10000-01-01'::timestamp InvalidCastException
'60000-01-01'::timestamp 1544-08-05 18:23:49
'60454-06-01 00:00:00+00'::timestamptz 1999-01-04 18:23:49
'100000-01-01'::timestamp InvalidCastException
'294276-12-31 23:59:59.999999'::timestamp 1999-12-23 19:59:05
TXT
read_values "'10000-01-01'::timestamp" "'60000-01-01'::timestamp" "'60454-06-01 00:00:00+00'::timestamptz" "'100000-01-01'::timestamp" "'294276-12-31 23:59:59.999999'::timestamp" >"$folder/seen"
diff "$folder/expected" "$folder/seen" && echo "As described."
