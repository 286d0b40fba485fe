#!/usr/bin/env bash
# Microsoft.Data.Sqlite 10.0.15 (SQLite 3.53.3): a connection that is closed goes back into the pool with most of what was done to it. Who opens
# the same connection string next gets its temporary tables, its attached databases, foreign_keys = OFF and query_only = ON, and cannot write.
# Functions are the exception: those are taken away. So a test that sets a pragma and closes its connection changes the next test's.
# Turned off by Pooling=False, or by SqliteConnection.ClearPool before the connection is closed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Program.cs <<'CS'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;

var connectionString = "Data Source=" + Path.Combine(Directory.GetCurrentDirectory(), "pool.db");
using (var first = new SqliteConnection(connectionString))
{
    first.Open();
    Ask(first, "create table visits (id integer primary key)");
    Ask(first, "create temp table basket (id integer primary key)");
    Ask(first, "attach ':memory:' as other");
    first.CreateFunction("one", () => 1);
    Ask(first, "pragma foreign_keys = off");
    Ask(first, "pragma query_only = on");
}

using (var second = new SqliteConnection(connectionString))
{
    second.Open();
    Console.WriteLine("foreign_keys " + Ask(second, "pragma foreign_keys"));
    Console.WriteLine("databases " + Ask(second, "select group_concat(name) from pragma_database_list"));
    Console.WriteLine("temporary table " + Ask(second, "select count(*) from basket"));
    Console.WriteLine("function " + Ask(second, "select one()"));
    Console.WriteLine("insert " + Ask(second, "insert into visits values (1)"));
}

static object? Ask(SqliteConnection connection, string sql)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    try
    {
        return command.ExecuteScalar();
    }
    catch (SqliteException exception)
    {
        return exception.Message;
    }
}
CS

cat >expected <<'TXT'
foreign_keys 0
databases main,temp,other
temporary table 0
function SQLite Error 1: 'no such function: one'.
insert SQLite Error 8: 'attempt to write a readonly database'.
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
