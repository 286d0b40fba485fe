using System.Globalization;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Resetting;
using SQLitePCL;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>The prepared statements of resets, and what the database is expected to look like.</summary>
internal sealed class UndoStatements : IDisposable
{
    /// <summary>As many rows are put back faster one by one than all pages at once, whatever the size.</summary>
    private const int FewRows = 500;

    private readonly SqliteConnection _connection;
    private readonly LoggedSchema _schema;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly HashSet<int> _filled = [];
    private readonly string _touched;
    private string _restoreInternals = string.Empty;
    private bool _hasCounters;
    private long _manyRows;
    private string _headers = string.Empty;

    private UndoStatements(SqliteConnection connection, LoggedSchema schema)
    {
        _connection = connection;
        _schema = schema;
        var own = schema.LoggedTables.Where(table => table.OwnLog is not null).Select(table => string.Create(
            CultureInfo.InvariantCulture, $" UNION ALL SELECT {table.Number}, (SELECT count(*) FROM (SELECT 1 FROM main.{table.OwnLog} LIMIT $most))"));
        _touched = $"SELECT t, count(*) FROM (SELECT t FROM main.{TouchLog.Table} LIMIT $most) GROUP BY t{string.Concat(own)}";
    }

    /// <summary>The plan of the last emptying.</summary>
    internal EmptyingPlan? Plan { get; private set; }

    internal static async Task<UndoStatements> MakeAsync(
        SqliteConnection connection, LoggedSchema schema, CancellationToken cancellationToken)
    {
        var statements = new UndoStatements(connection, schema);
        var internals = (await connection.ReadAsync(
            $"SELECT name FROM {UndoSession.Baseline}.sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) = 'sqlite_'", cancellationToken)
            .ConfigureAwait(false)).ConvertAll(row => (string)row[0]!);
        statements._hasCounters = internals.Contains("sqlite_sequence");
        statements._restoreInternals = string.Concat(internals.Select(table =>
            $"DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM {UndoSession.Baseline}.{table} ORDER BY rowid;"));
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

    /// <summary>Puts back what was touched.</summary>
    /// <returns>Whether that could be done; if not, nothing has happened.</returns>
    /// <exception cref="SqliteException">Another connection is in the way.</exception>
    internal bool TryRestore()
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            var touched = Touched();
            if (SchemaHasChanged() || touched.ContainsKey(TouchLog.Emptied) || touched.Values.Sum() > _manyRows)
            {
                Run("ROLLBACK");
                return false;
            }

            foreach (var number in touched.Keys)
            {
                var table = _schema.LoggedTables[number];
                Run(table.DeleteTouched());
                Run(table.InsertTouched(UndoSession.Baseline));
            }

            ForgetTouched(touched.Keys);
            if (_restoreInternals.Length > 0)
            {
                Run(_restoreInternals);
            }

            Run("COMMIT");
            return true;
        }
        catch (SqliteException exception)
        {
            RollBack();
            if (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
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
        Run("BEGIN IMMEDIATE");
        try
        {
            var touched = Touched();
            var candidates = touched.ContainsKey(TouchLog.Emptied) ? touched.Keys : touched.Keys.Union(_filled);
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

            ForgetTouched(touched.Keys);
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
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
    }

    /// <summary>How many rows of each table were touched; more than matter are not counted.</summary>
    private Dictionary<int, long> Touched()
    {
        var touched = new Dictionary<int, long>();
        using var reader = Prepare(_touched).ExecuteReader();
        while (reader.Read())
        {
            if (reader.GetInt64(1) > 0)
            {
                touched[reader.GetInt32(0)] = reader.GetInt64(1);
            }
        }

        return touched;
    }

    private void ForgetTouched(IEnumerable<int> numbers)
    {
        Run($"DELETE FROM main.{TouchLog.Table}");
        foreach (var log in numbers.Where(number => number >= 0).Select(number => _schema.LoggedTables[number].OwnLog).OfType<string>())
        {
            Run($"DELETE FROM main.{log}");
        }
    }

    private string Headers()
    {
        using var reader = Prepare("SELECT * FROM pragma_schema_version, pragma_user_version, pragma_application_id").ExecuteReader();
        reader.Read();
        return string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt64(0)} {reader.GetInt64(1)} {reader.GetInt64(2)}");
    }

    private void RollBack()
    {
        // Some errors have ended the transaction already.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Run("ROLLBACK");
        }
    }

    private void Run(string sql) => Prepare(sql).ExecuteNonQuery();

#pragma warning disable CA2100 // The text is made of quoted names that come from the database's own catalogue.
    private SqliteCommand Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            if (sql.Contains("$most", StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue("$most", _manyRows + 1);
            }

            _prepared.Add(sql, command);
        }

        return command;
    }
#pragma warning restore CA2100
}
