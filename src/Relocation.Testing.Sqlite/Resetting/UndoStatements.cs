using System.Globalization;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Resetting;
using Relocation.Testing.Sqlite.Statements;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The prepared statements of resets, and what the database is expected to look like.</summary>
internal sealed class UndoStatements : IDisposable
{
    /// <summary>As many rows are put back faster one by one than all pages at once, whatever the size.</summary>
    private const int FewRows = 500;

    /// <summary>
    /// Nobody else may even read meanwhile: an open reader keeps later tests from writing, and would go unnoticed where nothing was touched.
    /// </summary>
    private const string BeginSql = "BEGIN EXCLUSIVE";

    private readonly SqliteConnection _connection;
    private readonly TimeSpan _limit;
    private readonly LoggedSchema _schema;
    private readonly Dictionary<string, ResetStatement> _prepared = [];
    private readonly HashSet<int> _filled = [];
    private readonly string _touched;
    private IReadOnlyList<string> _restoreInternals = [];
    private bool _hasCounters;
    private long _manyRows;
    private (long Schema, long User, long Application) _headers;

    private UndoStatements(SqliteConnection connection, LoggedSchema schema, TimeSpan limit)
    {
        _connection = connection;
        _limit = limit;
        _schema = schema;
        _touched = $"SELECT t FROM main.{TouchLog.Table}" + string.Concat(schema.LoggedTables.Where(table => table.OwnLog is not null)
            .Select(table => string.Create(CultureInfo.InvariantCulture, $" UNION ALL SELECT {table.Number} FROM main.{table.OwnLog}")));
    }

    /// <summary>The plan of the last emptying.</summary>
    internal EmptyingPlan? Plan { get; private set; }

    internal static async Task<UndoStatements> MakeAsync(
        SqliteConnection connection, LoggedSchema schema, TimeSpan limit, CancellationToken cancellationToken)
    {
        var statements = new UndoStatements(connection, schema, limit);
        var internals = (await connection.ReadAsync(
            $"SELECT name FROM {UndoSession.Baseline}.sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) = 'sqlite_'", cancellationToken)
            .ConfigureAwait(false)).ConvertAll(row => (string)row[0]!);
        statements._hasCounters = internals.Contains("sqlite_sequence");
        statements._restoreInternals = [.. internals.SelectMany(table => new[]
        {
            $"DELETE FROM main.{table}",
            $"INSERT INTO main.{table} SELECT * FROM {UndoSession.Baseline}.{table} ORDER BY rowid",
        })];
        foreach (var table in schema.LoggedTables)
        {
            var rows = await connection.ReadAsync($"SELECT 1 FROM main.{table.Sql} LIMIT 1", cancellationToken).ConfigureAwait(false);
            if (rows.Count > 0)
            {
                statements._filled.Add(table.Number);
            }
        }

        var pages = await connection.ReadAsync("PRAGMA main.page_count", cancellationToken).ConfigureAwait(false);
        statements._manyRows = FewRows + ((long)pages[0][0]! / 2);
        statements.Adopt();
        return statements;
    }

    /// <summary>Takes the schema for the baseline's, as it is.</summary>
    internal void Adopt() => _headers = Headers();

    internal bool SchemaHasChanged() => _headers != Headers();

    /// <summary>The tables that were touched; all of them where so much was that nobody counts. Null where the record does not say what was.</summary>
    internal IEnumerable<LoggedTable>? TouchedTables()
    {
        var touched = Touched() ?? [.. _schema.LoggedTables.Select(table => table.Number), .. IsEmptied() ? [TouchLog.Emptied] : Array.Empty<int>()];
        return touched.Contains(TouchLog.Emptied) ? null : touched.Order().Select(number => _schema.LoggedTables[number]);
    }

    /// <summary>Puts back what was touched.</summary>
    /// <returns>Whether that could be done; if not, nothing has happened.</returns>
    /// <exception cref="SqliteException">Another connection is in the way, or the file or its disk fails.</exception>
    internal bool TryRestore()
    {
        Run(BeginSql);
        try
        {
            var touched = Touched();
            if (touched is null || touched.Contains(TouchLog.Emptied) || SchemaHasChanged())
            {
                Run("ROLLBACK");
                return false;
            }

            foreach (var number in touched)
            {
                foreach (var sql in _schema.LoggedTables[number].RestoreStatements)
                {
                    Run(sql);
                }
            }

            ForgetTouched(touched);
            foreach (var sql in _restoreInternals)
            {
                Run(sql);
            }

            Run("COMMIT");
            return true;
        }
        catch (SqliteException exception)
        {
            RollBack();
            if (SqliteFaults.Of(exception) is { IsEnvironment: true })
            {
                throw;
            }

            // For example a function in an index that only the user's connections know. The copy needs to know none.
            return false;
        }
    }

    /// <summary>Deletes the rows of all tables of the plan that can have any.</summary>
    internal void Empty(EmptyingPlan plan)
    {
        Plan = plan;
        var emptied = plan.Emptied.Select(table => table.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Run(BeginSql);
        try
        {
            var touched = Touched() ?? [.. _schema.LoggedTables.Select(table => table.Number)];
            var candidates = touched.Contains(TouchLog.Emptied) ? touched : touched.Union(_filled);
            foreach (var table in candidates.Where(number => number >= 0).Select(number => _schema.LoggedTables[number]))
            {
                if (emptied.Contains(table.Name))
                {
                    Run($"DELETE FROM main.{table.Sql}");
                }
            }

            if (_hasCounters)
            {
                Run($"DELETE FROM main.sqlite_sequence WHERE name IN ({string.Join(", ", emptied.Order(StringComparer.Ordinal).Select(PlannedAdapter.Literal))})");
            }

            ForgetTouched(touched);
            Run($"INSERT INTO main.{TouchLog.Table} VALUES ({TouchLog.Emptied.ToString(CultureInfo.InvariantCulture)}, 0)");
            Run("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }
    }

    /// <summary>The numbers of the tables that were touched, or null where so much was that it is not worth knowing.</summary>
    private HashSet<int>? Touched()
    {
        var touched = new HashSet<int>();
        var statement = Prepare(_touched);
        for (var rows = 0L; statement.Read(out var number); rows++)
        {
            if (rows == _manyRows)
            {
                statement.Stop();
                return null;
            }

            touched.Add((int)number);
        }

        return touched;
    }

    private bool IsEmptied() => Pragma(string.Create(
        CultureInfo.InvariantCulture, $"SELECT count(*) FROM main.{TouchLog.Table} WHERE t = {TouchLog.Emptied}")) > 0;

    private void ForgetTouched(IEnumerable<int> numbers)
    {
        Run($"DELETE FROM main.{TouchLog.Table}");
        foreach (var log in numbers.Where(number => number >= 0).Select(number => _schema.LoggedTables[number].OwnLog).OfType<string>())
        {
            Run($"DELETE FROM main.{log}");
        }
    }

    private (long Schema, long User, long Application) Headers() =>
        (Pragma("PRAGMA main.schema_version"), Pragma("PRAGMA main.user_version"), Pragma("PRAGMA main.application_id"));

    private long Pragma(string sql)
    {
        var statement = Prepare(sql);
        statement.Read(out var value);
        statement.Stop();
        return value;
    }

    private void RollBack()
    {
        // Some errors have ended the transaction already.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Run("ROLLBACK");
        }
    }

    private void Run(string sql) => Prepare(sql).Run();

    private ResetStatement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            statement = new ResetStatement(_connection, sql, _limit);
            _prepared.Add(sql, statement);
        }

        return statement;
    }
}
