#!/usr/bin/env bash
# Respawn 7.0.0 on SQLite: rows that refer to each other in a cycle cannot be reset, although the SQL that Respawn shows (DeleteSql) begins with
# PRAGMA foreign_keys = OFF. ResetAsync runs that SQL inside a transaction of its own, where SQLite ignores the pragma without an error, so the
# DELETEs are checked. The same text sent outside a transaction works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Program.cs <<'CS'
#:package Respawn@7.0.0
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;
using Respawn;

await using var connection = new SqliteConnection("Data Source=:memory:");
await connection.OpenAsync();
Ask("create table teams (id integer primary key, lead integer references people (id))");
Ask("create table people (id integer primary key, team integer references teams (id))");
Ask("insert into teams values (1, null)");
Ask("insert into people values (1, 1)");
Ask("update teams set lead = 1");
var respawner = await Respawner.CreateAsync(connection, new RespawnerOptions { DbAdapter = DbAdapter.Sqlite });
Console.WriteLine(respawner.DeleteSql!.Split('\n')[0].Trim());
try
{
    await respawner.ResetAsync(connection);
    Console.WriteLine("reset");
}
catch (SqliteException exception)
{
    Console.WriteLine(exception.Message);
}

Ask(respawner.DeleteSql!);
Console.WriteLine("rows left " + Ask("select count(*) from teams"));

object? Ask(string sql)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    return command.ExecuteScalar();
}
CS

cat >expected <<'TXT'
PRAGMA foreign_keys = OFF;
SQLite Error 19: 'FOREIGN KEY constraint failed'.
rows left 0
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
