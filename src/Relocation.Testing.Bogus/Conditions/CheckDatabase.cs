using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using static System.FormattableString;

namespace Relocation.Testing.Conditions;

/// <summary>
/// A database in memory with one row of an entity's columns. It judges conditions as SQLite does, but is strict where
/// engines differ: LIKE tells cases apart, and all letters have two cases.
/// </summary>
internal sealed class CheckDatabase : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");

    internal CheckDatabase(RelocationEntity entity)
    {
        _connection.CreateFunction("regexp", (string? pattern, string? text) =>
            pattern is null || text is null ? null : (bool?)Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant));
        _connection.CreateFunction("upper", (string? text) => text?.ToUpperInvariant(), isDeterministic: true);
        _connection.CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        _connection.CreateFunction("num_nulls", (object?[] values) => values.Count(value => value is null or DBNull));
        _connection.CreateFunction("num_nonnulls", (object?[] values) => values.Count(value => value is not (null or DBNull)));
        _connection.Open();

        // A column's type decides how its values compare, so it is the real one; in quotes SQLite takes any.
        var columns = ConditionReader.FieldsOf(entity).Select((field, index) =>
            Invariant($"c{index} \"{field.StoreType.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        using var command = _connection.CreateCommand();
        command.CommandText = $"PRAGMA case_sensitive_like = ON; CREATE TABLE record ({string.Join(", ", columns)}); "
            + "INSERT INTO record DEFAULT VALUES";
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Whether the database can judge the condition.</summary>
    internal bool Knows(CheckPart part)
    {
        try
        {
            _ = Prepare([0], [part]);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Says of the columns' values which conditions are false; the unknown ones hold, as in a check.</summary>
    internal Func<object?[], bool[]> Prepare(IReadOnlyList<int> columns, IReadOnlyList<CheckPart> parts)
    {
        var command = _connection.CreateCommand();
        var values = columns.Select(column => Invariant($"c{column} = @c{column}"));
        command.CommandText = $"UPDATE record SET {string.Join(", ", values)}; "
            + $"SELECT {string.Join(", ", parts.Select(part => $"({part.Sql})"))} FROM record";
        command.Parameters.AddRange(columns.Select(column => new SqliteParameter(Invariant($"@c{column}"), DBNull.Value)));
        command.Prepare();
        return row =>
        {
            for (var index = 0; index < row.Length; index++)
            {
                command.Parameters[index].Value = row[index] ?? DBNull.Value;
            }

            try
            {
                using var reader = command.ExecuteReader();
                reader.Read();
                return [.. Enumerable.Range(0, parts.Count).Select(part => !reader.IsDBNull(part) && reader.GetDouble(part) == 0)];
            }
            catch (SqliteException)
            {
                // A function that does not take a value refuses the row.
                return [.. parts.Select(_ => true)];
            }
        };
    }
}
