#!/usr/bin/env bash
# Npgsql 10.0.3 with PostgreSQL 18.4: an interval that is longer than a TimeSpan is not refused but begins anew at the other end: 1000000000000 seconds,
# some 31,700 years, become 9,776,324 days below zero, and the longest time that an interval holds becomes one microsecond below zero.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
source "$(dirname "${BASH_SOURCE[0]}")/server/read-values.sh"
start_server

cat >"$folder/expected" <<'TXT'
'922337203685 seconds'::interval 10675199.02:48:05
'1000000000000 seconds'::interval -9776324.03:49:30.9551616
'2562047788:00:54.775807'::interval -00:00:00.0000010
'2147483647 days'::interval -8906574.13:54:26.4713216
TXT
read_values "'922337203685 seconds'::interval" "'1000000000000 seconds'::interval" "'2562047788:00:54.775807'::interval" "'2147483647 days'::interval" >"$folder/seen"
diff "$folder/expected" "$folder/seen" && echo "As described."
