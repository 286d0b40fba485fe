using System.Data.Common;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>Key counters are no part of a PostgreSQL transaction, so they are put back after it.</summary>
internal sealed class PostgreSqlOpenTransaction(DatabaseEngine engine, DatabaseLease lease) : OpenTransaction(engine, lease)
{
    private string _counters = string.Empty;

    private protected override async Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var session = (NpgsqlConnection)connection;
        var catalog = await PostgreSqlCatalog.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        var counters = await CounterStatements.ReadAsync(session, catalog, cancellationToken).ConfigureAwait(false);
        _counters = CounterStatements.Restarts(catalog.Sequences)
            + string.Concat(CounterStatements.Queries(counters).Select(query => $"SELECT {query};\n"));
    }

    private protected override async Task CompleteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (_counters.Length > 0)
        {
            await ((NpgsqlConnection)connection).ExecuteAsync(_counters, cancellationToken).ConfigureAwait(false);
        }
    }
}
