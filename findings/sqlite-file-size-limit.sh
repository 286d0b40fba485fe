#!/usr/bin/env bash
# Microsoft.Data.Sqlite 10.0.15 (SQLite 3.53.3): where a process may make no file larger than a limit (ulimit -f), a database that reaches the limit
# fails as "disk I/O error" (10), and not as "database or disk is full" (13), which a full disk and max_page_count give. The statement is rolled back
# and the connection goes on. Who tells full disks by code 13 takes this for a broken disk.
# SIGXFSZ is ignored, as its default would end the process; W^X is off, as .NET maps code by way of a file in memory that counts too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Program.cs <<'CS'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;

using var connection = new SqliteConnection("Data Source=" + Path.Combine(args[0], "limited.db"));
connection.Open();
Console.WriteLine("make " + Ask("create table page (x blob)"));
Console.WriteLine("limit " + Ask(Fill));
Console.WriteLine("rows " + Ask("select count(*) from page"));
Console.WriteLine("insert " + Ask("insert into page values (1)"));
Ask("pragma max_page_count = 3");
Console.WriteLine("pages " + Ask(Fill));

string Ask(string sql)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    try
    {
        return command.ExecuteScalar()?.ToString() ?? "done";
    }
    catch (SqliteException exception)
    {
        return exception.Message;
    }
}

partial class Program
{
    const string Fill = "insert into page with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) select zeroblob(4096) from n";
}
CS

cat >expected <<'TXT'
make done
limit SQLite Error 10: 'disk I/O error'.
rows 0
insert done
pages SQLite Error 13: 'database or disk is full'.
TXT
dotnet build Program.cs -o built >build.log 2>&1 || { cat build.log; exit 1; }
sh -c "trap '' XFSZ; ulimit -f 4096; export DOTNET_EnableWriteXorExecute=0; exec dotnet built/Program.dll '$folder'" >seen
diff expected seen && echo "As described."
