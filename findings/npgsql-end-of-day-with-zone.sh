#!/usr/bin/env bash
# Npgsql 10.0.3 with PostgreSQL 18.4: '24:00' is a valid time. As `time` it cannot be read (ArgumentOutOfRangeException); as `timetz` it is read
# without an error, as midnight of 3 January of the year 1, while every other `timetz` becomes a moment of 2 January. Written back, it is 00:00:
# the value has changed, and a day's last moment is now its first.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
start_server
cd "$folder"

cat >Program.cs <<'CS'
#:package Npgsql@10.0.3
#:property PublishAot=false
using Npgsql;
using NpgsqlTypes;

await using var connection = new NpgsqlConnection($"Host={Environment.GetEnvironmentVariable("PGHOST")};Username=postgres;Database=postgres");
await connection.OpenAsync();
foreach (var value in new[] { "'24:00'::time", "'23:59'::timetz", "'24:00'::timetz" })
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

    Console.Write($"{value} {(seen is DateTimeOffset moment ? moment.ToString("yyyy-MM-dd HH:mm") : seen)}");
    if (seen is DateTimeOffset)
    {
        await using var write = new NpgsqlCommand("select @time::text", connection);
        write.Parameters.AddWithValue("time", NpgsqlDbType.TimeTz, seen);
        Console.Write($", written back {await write.ExecuteScalarAsync()}");
    }

    Console.WriteLine();
}
CS

cat >expected <<'TXT'
'24:00'::time ArgumentOutOfRangeException
'23:59'::timetz 0001-01-02 23:59, written back 23:59:00+00
'24:00'::timetz 0001-01-03 00:00, written back 00:00:00+00
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
