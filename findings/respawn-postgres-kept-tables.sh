#!/usr/bin/env bash
# Respawn 7.0.0 on PostgreSQL 18.4: tables named in TablesToIgnore are emptied all the same, and nothing is said, where
# - they refer to a table that is not ignored (settings -> country): the reset is TRUNCATE ... CASCADE;
# - they are a partition, or an heir, of a table that is not ignored: TRUNCATE of the parent empties them;
# - they are a partitioned table whose partitions are not ignored by name.
set -euo pipefail
folder=$(mktemp -d)
trap 'stop_server; rm -rf "$folder"' EXIT
source "$(dirname "${BASH_SOURCE[0]}")/server/start.sh"
start_server
cd "$folder"

cat >Program.cs <<'CS'
#:package Respawn@7.0.0
#:package Npgsql@10.0.3
#:property PublishAot=false
using Npgsql;
using Respawn;

foreach (var (kept, tables) in new[]
{
    ("settings", "create table country (id int primary key); create table settings (id int references country); insert into country values (1)"),
    ("y2026", "create table visits (day date) partition by range (day); create table y2026 partition of visits for values from ('2026-01-01') to ('2027-01-01')"),
    ("cats", "create table animals (id int); create table cats () inherits (animals)"),
    ("sales", "create table sales (id int) partition by list (id); create table sales_1 partition of sales for values in (1)"),
})
{
    await using var connection = new NpgsqlConnection($"Host={Environment.GetEnvironmentVariable("PGHOST")};Username=postgres;Database=postgres");
    await connection.OpenAsync();
    Ask("drop schema public cascade");
    Ask("create schema public");
    Ask(tables);
    Ask($"insert into {kept} values ({(kept == "y2026" ? "'2026-05-05'" : "1")})");
    var respawner = await Respawner.CreateAsync(
        connection, new RespawnerOptions { DbAdapter = DbAdapter.Postgres, SchemasToInclude = ["public"], TablesToIgnore = [kept] });
    await respawner.ResetAsync(connection);
    Console.WriteLine($"{kept}: {Ask($"select count(*) from {kept}")} rows kept");

    object? Ask(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }
}
CS

cat >expected <<'TXT'
settings: 0 rows kept
y2026: 0 rows kept
cats: 0 rows kept
sales: 0 rows kept
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
