#!/usr/bin/env bash
# Respawn 7.0.0 on SQLite: a full-text table (FTS5) makes every reset fail. Respawn finds the table's own five shadow tables beside it, empties them
# first, and the DELETE on the full-text table itself then meets an index without its structure record: "corruption found". The transaction is
# rolled back, so no row of any table is removed. With the shadow tables in TablesToIgnore the reset works.
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
using Respawn.Graph;

foreach (var ignored in new[] { Array.Empty<Table>(), ["notes_config", "notes_docsize", "notes_content", "notes_idx", "notes_data"] })
{
    await using var connection = new SqliteConnection("Data Source=:memory:");
    await connection.OpenAsync();
    Ask("create table orders (id integer primary key)");
    Ask("create virtual table notes using fts5(body)");
    Ask("insert into orders values (1)");
    Ask("insert into notes values ('hello')");
    var respawner = await Respawner.CreateAsync(connection, new RespawnerOptions { DbAdapter = DbAdapter.Sqlite, TablesToIgnore = ignored });
    try
    {
        await respawner.ResetAsync(connection);
        Console.WriteLine("reset");
    }
    catch (SqliteException exception)
    {
        Console.WriteLine(exception.SqliteErrorCode + " " + exception.Message.Contains("corruption found"));
    }

    Console.WriteLine($"orders {Ask("select count(*) from orders")}, notes {Ask("select count(*) from notes")}");

    object? Ask(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
CS

cat >expected <<'TXT'
11 True
orders 1, notes 1
reset
orders 0, notes 0
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
