using System.Data.Common;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Specification.Sentry.Tasks;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Tests.Sentry;

/// <summary>SQLite tells of the statements of a connection.</summary>
internal sealed class SqliteStatementWatch : StatementWatch
{
    protected override void Attach(DbConnection connection) => raw.sqlite3_trace(
        ((SqliteConnection)connection).Handle!,
        static (_, sql) =>
        {
            // Those that triggers run are shown as comments.
            if (!sql.StartsWith("--", StringComparison.Ordinal))
            {
                OnStatement();
            }
        },
        null);
}
