#!/usr/bin/env bash
# Npgsql 10.0.3 with PostgreSQL 18.4: an interval with months cannot be read as TimeSpan, which has none, and is refused. Only where the months are
# above zero, though: '-1 mon' is read as zero and '-1 year 2 days' as two days, without an error, and what reads the row goes on with the wrong length.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
start_server
cd "$folder"

cat >Program.cs <<'CS'
#:package Npgsql@10.0.3
#:property PublishAot=false
using System.Globalization;
using Npgsql;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using var connection = new NpgsqlConnection($"Host={Environment.GetEnvironmentVariable("PGHOST")};Username=postgres;Database=postgres");
await connection.OpenAsync();
foreach (var value in new[] { "'1 mon'::interval", "'-1 mon'::interval", "'-1 year 2 days'::interval", "'-178000000 years'::interval" })
{
    await using var read = new NpgsqlCommand($"select {value}", connection);
    object? seen;
    try
    {
        seen = await read.ExecuteScalarAsync();
    }
    catch (Exception exception)
    {
        seen = exception.GetType().Name;
    }

    Console.WriteLine($"{value} {(seen is DateTime moment ? moment.ToString("yyyy-MM-dd HH:mm:ss") : seen)}");
}
CS

cat >expected <<'TXT'
'1 mon'::interval InvalidCastException
'-1 mon'::interval 00:00:00
'-1 year 2 days'::interval 2.00:00:00
'-178000000 years'::interval 00:00:00
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
