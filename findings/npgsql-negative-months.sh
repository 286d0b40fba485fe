#!/usr/bin/env bash
# Npgsql 10.0.3 with PostgreSQL 18.4: an interval with months cannot be read as TimeSpan, which has none, and is refused. Only where the months are
# above zero, though: '-1 mon' is read as zero and '-1 year 2 days' as two days, without an error, and what reads the row goes on with the wrong length.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
source "$(dirname "${BASH_SOURCE[0]}")/server/read-values.sh"
start_server

cat >"$folder/expected" <<'TXT'
'1 mon'::interval InvalidCastException
'-1 mon'::interval 00:00:00
'-1 year 2 days'::interval 2.00:00:00
'-178000000 years'::interval 00:00:00
TXT
read_values "'1 mon'::interval" "'-1 mon'::interval" "'-1 year 2 days'::interval" "'-178000000 years'::interval" >"$folder/seen"
diff "$folder/expected" "$folder/seen" && echo "As described."
