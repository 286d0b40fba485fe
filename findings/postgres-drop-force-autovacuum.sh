#!/usr/bin/env bash
# PostgreSQL 18.4: DROP DATABASE ... WITH (FORCE) is refused to the owner of the database while the server's own autovacuum works in it (42501, a role
# whose process is being terminated), though nobody is connected. The same owner's plain DROP DATABASE ends the worker and succeeds at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
start_server

mkdir "$folder/drop"
cat >"$folder/drop/drop.cs" <<'CS'
#:package Npgsql@10.0.3
#:property PublishAot=false
using Npgsql;

async Task<object?> Run(string user, string database, string sql)
{
    await using var connection = new NpgsqlConnection($"Host={Environment.GetEnvironmentVariable("PGHOST")};Username={user};Database={database};Pooling=false");
    await connection.OpenAsync();
    await using var command = new NpgsqlCommand(sql, connection);
    return await command.ExecuteScalarAsync();
}

// A worker that stays: it rests a tenth of a second after each page.
foreach (var setting in new[] { "autovacuum_naptime = '1s'", "autovacuum_vacuum_cost_delay = '100ms'", "autovacuum_vacuum_cost_limit = 1" })
{
    await Run("postgres", "postgres", $"ALTER SYSTEM SET {setting}");
}

await Run("postgres", "postgres", "SELECT pg_reload_conf()");
await Run("postgres", "postgres", "CREATE ROLE owner LOGIN CREATEDB");
await Run("owner", "postgres", "CREATE DATABASE shop");
await Run("owner", "shop", "CREATE TABLE item AS SELECT g AS id, repeat('x', 200) AS text FROM generate_series(1, 100000) AS g; UPDATE item SET text = text");
const string Sessions = "SELECT string_agg(backend_type, ', ') FROM pg_stat_activity WHERE datname = 'shop'";
while (await Run("postgres", "postgres", Sessions) is not "autovacuum worker")
{
    await Task.Delay(200);
}

Console.WriteLine($"In the database: {await Run("postgres", "postgres", Sessions)}");
try
{
    await Run("owner", "postgres", "DROP DATABASE shop WITH (FORCE)");
    Console.WriteLine("WITH (FORCE): dropped");
}
catch (PostgresException refusal)
{
    Console.WriteLine($"WITH (FORCE): {refusal.SqlState}");
}

await Run("owner", "postgres", "DROP DATABASE shop");
Console.WriteLine("plain: dropped");
CS

cat >"$folder/expected" <<'TXT'
In the database: autovacuum worker
WITH (FORCE): 42501
plain: dropped
TXT
(cd "$folder/drop" && dotnet run drop.cs) >"$folder/seen"
diff "$folder/expected" "$folder/seen" && echo "As described."
