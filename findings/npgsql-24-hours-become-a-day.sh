#!/usr/bin/env bash
# Npgsql 10.0.3 with PostgreSQL 18.4: an interval has days and hours of their own, a TimeSpan has not. Npgsql reads 24 hours and a day as one TimeSpan and
# writes it with as many days as fit. So what was 24 hours comes back as a day: added to a moment before the clocks change it is an hour less or more.
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

await using var connection = new NpgsqlConnection($"Host={Environment.GetEnvironmentVariable("PGHOST")};Username=postgres;Database=postgres;Timezone=Europe/Berlin");
await connection.OpenAsync();
foreach (var interval in new[] { "24 hours", "1 day", "36:15:30", "1 day -1 hour" })
{
    await using var read = new NpgsqlCommand($"select interval '{interval}'", connection);
    var span = (TimeSpan)(await read.ExecuteScalarAsync())!;
    await using var write = new NpgsqlCommand(
        $"select @span::text || ', ' || (timestamptz '2024-03-30 12:00' + interval '{interval}')::text || ', ' || (timestamptz '2024-03-30 12:00' + @span)::text", connection);
    write.Parameters.AddWithValue("span", span);
    Console.WriteLine($"{interval}: {await write.ExecuteScalarAsync()}");
}
CS

cat >expected <<'TXT'
24 hours: 1 day, 2024-03-31 13:00:00+02, 2024-03-31 12:00:00+02
1 day: 1 day, 2024-03-31 12:00:00+02, 2024-03-31 12:00:00+02
36:15:30: 1 day 12:15:30, 2024-04-01 01:15:30+02, 2024-04-01 00:15:30+02
1 day -1 hour: 23:00:00, 2024-03-31 11:00:00+02, 2024-03-31 12:00:00+02
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
