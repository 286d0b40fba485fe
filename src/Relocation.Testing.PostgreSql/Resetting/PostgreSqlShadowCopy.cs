using Npgsql;
using Relocation.Testing.Databases;
using Relocation.Testing.Resetting;

namespace Relocation.Testing.PostgreSql.Resetting;

/// <summary>
/// Keeps a copy of all rows in a schema of its own, notes by triggers which tables change, and puts those back in one
/// transaction, so that open connections of the test stay usable.
/// </summary>
internal sealed class PostgreSqlShadowCopy(DatabaseLease lease) : BaselineReset
{
    private const string Schema = PostgreSqlCatalog.BaselineSchema;

    /// <summary>
    /// Marks are only added, so that serializable transactions of a test never conflict over them. They are made with the
    /// owner's rights, as a test may write under another role. The copies refuse whoever empties all tables of a database.
    /// </summary>
    private const string SchemaStatements = $"""
        SET LOCAL lock_timeout = '10s';
        DROP SCHEMA IF EXISTS {Schema} CASCADE;
        CREATE SCHEMA {Schema};
        CREATE TABLE {Schema}.dirty (number int NOT NULL);
        CREATE FUNCTION {Schema}.mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
        BEGIN
            INSERT INTO {Schema}.dirty SELECT argument::int FROM unnest(TG_ARGV) AS argument;
            RETURN NULL;
        END
        $body$;
        CREATE FUNCTION {Schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            RAISE EXCEPTION 'Schema {Schema} holds the baseline of a test database. Leave it out, for example with SchemasToExclude.';
        END
        $body$;
        CREATE TRIGGER refuse BEFORE TRUNCATE ON {Schema}.dirty FOR EACH STATEMENT EXECUTE FUNCTION {Schema}.refuse();

        """;

    private const string ColumnsSql = """
        SELECT a.attrelid, a.attname, a.attgenerated = '',
               EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
        WHERE a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attrelid, a.attnum
        """;

    private IReadOnlyList<ShadowTable> _tables = [];
    private string _restoreCounters = string.Empty;
    private string _refreshViews = string.Empty;

    internal override async Task CaptureAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var catalog = await PostgreSqlCatalog.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
                _tables = await ReadTablesAsync(connection, catalog, cancellationToken).ConfigureAwait(false);
                _refreshViews = PostgreSqlCatalog.RefreshStatements(catalog.MaterializedViews);
                var copies = string.Concat(_tables.Select(table => table.CreateStatements()));
                await connection.ExecuteAsync(
                    SchemaStatements + copies + TriggerStatements(catalog) + _refreshViews, cancellationToken).ConfigureAwait(false);
                _restoreCounters = await ReadCountersAsync(connection, catalog, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    internal override async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await RestoreAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                throw Errors.BaselineFailed(PostgreSqlEngine.Instance, Errors.DatabaseInUse, exception);
            }
            catch (PostgresException exception)
            {
                throw Errors.BaselineFailed(
                    PostgreSqlEngine.Instance, $"{exception.MessageText}. A test must not change the schema.", exception);
            }
        }
    }

    /// <summary>A database that was made for the test is dropped as a whole.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (lease.IsOwn || _tables.Count == 0)
        {
            return;
        }

        _tables = [];
        var connection = await OpenAsync(CancellationToken.None).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await connection.ExecuteAsync(
                $"SET lock_timeout = '10s'; DROP SCHEMA IF EXISTS {Schema} CASCADE; RESET lock_timeout", CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    private async Task RestoreAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var marks = await connection.ReadAsync(
                $"SET LOCAL lock_timeout = '10s'; SELECT DISTINCT number FROM {Schema}.dirty", cancellationToken).ConfigureAwait(false);
            var numbers = marks.Select(row => (int)row[0]!).ToHashSet();
            var dirty = _tables.Where(table => numbers.Contains(table.Number)).ToList();
            if (dirty.Count > 0)
            {
                var suspension = await ConstraintSuspension.PrepareAsync(
                    connection, [.. dirty.Select(table => table.Oid)], cancellationToken).ConfigureAwait(false);
                var rows = string.Concat(dirty.Select(table => table.RestoreStatements()));
                await connection.ExecuteAsync(
                    $"{suspension.Begin}{rows}{suspension.End}DELETE FROM {Schema}.dirty;\n{_refreshViews}", cancellationToken)
                    .ConfigureAwait(false);
            }

            // Counters are not part of the transaction, so they come when nothing else can fail.
            if (_restoreCounters.Length > 0)
            {
                await connection.ExecuteAsync(_restoreCounters, cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A partition's rows are copied with those of the whole.</summary>
    private static async Task<IReadOnlyList<ShadowTable>> ReadTablesAsync(
        NpgsqlConnection connection, PostgreSqlCatalog catalog, CancellationToken cancellationToken)
    {
        var columns = (await connection.ReadAsync(ColumnsSql, cancellationToken).ConfigureAwait(false))
            .ToLookup(row => (uint)row[0]!, row => (Name: (string)row[1]!, TakesValues: (bool)row[2]!, IsKey: (bool)row[3]!));
        return [.. catalog.Tables.Where(table => !table.IsPartition).Select((table, number) => new ShadowTable(
            number,
            table,
            [.. columns[table.Oid].Where(column => column.TakesValues).Select(column => column.Name)],
            [.. columns[table.Oid].Where(column => column.IsKey).Select(column => column.Name)]))];
    }

    /// <summary>
    /// A statement on a table may change the rows of those that inherit from it, and one on a partition changes the whole's,
    /// yet only the triggers of the table that it names run.
    /// </summary>
    private string TriggerStatements(PostgreSqlCatalog catalog)
    {
        var numbers = _tables.ToDictionary(table => table.Name, table => table.Number);
        var inheritance = catalog.Links.Where(link => link.IsInheritance).ToList();
        var below = inheritance.ToLookup(link => link.To, link => link.From);
        var above = inheritance.ToLookup(link => link.From, link => link.To);
        return string.Concat(catalog.Tables.Select(table =>
        {
            var touched = Reach(table.Name, below).Concat(table.IsPartition ? Reach(table.Name, above) : [])
                .Where(numbers.ContainsKey).Select(name => numbers[name]).Distinct().Order();
            return ShadowTable.TriggerStatements(table.Sql, touched);
        }));
    }

    private static IEnumerable<TableName> Reach(TableName from, ILookup<TableName, TableName> next) =>
        next[from].SelectMany(name => Reach(name, next)).Prepend(from);

    private static async Task<string> ReadCountersAsync(
        NpgsqlConnection connection, PostgreSqlCatalog catalog, CancellationToken cancellationToken)
    {
        if (catalog.Sequences.Count == 0)
        {
            return string.Empty;
        }

        var states = await connection.ReadAsync(
            string.Join(" UNION ALL ", catalog.Sequences.Select((sequence, i) =>
                FormattableString.Invariant($"SELECT {i}, last_value, is_called FROM {sequence.Sql}"))),
            cancellationToken).ConfigureAwait(false);
        return string.Concat(states.Select(row => catalog.Sequences[(int)row[0]!].SetTo((long)row[1]!, (bool)row[2]!)));
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(lease.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
