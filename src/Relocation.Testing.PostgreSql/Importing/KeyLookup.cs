using Npgsql;

namespace Relocation.Testing.Importing;

/// <summary>Finds which of many keys a table holds, in one query.</summary>
internal static class KeyLookup
{
    internal static async Task<IReadOnlySet<RecordKey>> FindAsync(
        NpgsqlConnection connection,
        DatabaseEngine engine,
        TargetTable table,
        IReadOnlyList<RelocationField> columns,
        IReadOnlyCollection<RecordKey> keys,
        CancellationToken cancellationToken)
    {
        // No text in the database has a NUL, and none can be sent.
        var asked = keys.Where(key => !key.Parts.Any(part => part.Kind == RecordKeyKind.Text && part.AsText().Contains('\0')))
            .ToArray();
        var found = new HashSet<RecordKey>();
        if (asked.Length == 0)
        {
            return found;
        }

        var command = new NpgsqlCommand(Sql(engine, table, columns), connection) { CommandTimeout = 0 };
        await using var _ = command.ConfigureAwait(false);
        for (var part = 0; part < columns.Count; part++)
        {
            command.Parameters.Add(Parameter(columns[part].KeyKind, part, asked));
        }

        try
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var __ = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                found.Add(asked[reader.GetInt64(0) - 1]);
            }
        }
        catch (PostgresException exception)
        {
            throw ServerRefusal.Of(exception, table.Name);
        }

        return found;
    }

    /// <summary>The answer is the keys' places in the question, so that no value has to come back in the form it had.</summary>
    private static string Sql(DatabaseEngine engine, TargetTable table, IReadOnlyList<RelocationField> fields)
    {
        var lists = string.Join(", ", fields.Select((_, part) => $"${part + 1}"));
        var names = string.Join(", ", fields.Select((_, part) => $"k{part}"));
        var conditions = fields.Select((field, part) =>
        {
            var value = field.KeyKind == RecordKeyKind.Integer
                ? $"v.k{part}"
                : $"v.k{part}::{table.ColumnOf(field).CastText}";
            return $"t.{engine.Quote(field.Column)} = {value}";
        });
        return $"SELECT v.i FROM unnest({lists}) WITH ORDINALITY AS v({names}, i) "
            + $"WHERE EXISTS (SELECT FROM {table.QuotedName} AS t WHERE {string.Join(" AND ", conditions)})";
    }

    private static NpgsqlParameter Parameter(RecordKeyKind kind, int part, RecordKey[] keys) => kind switch
    {
        RecordKeyKind.Integer => new NpgsqlParameter<long[]> { TypedValue = Array.ConvertAll(keys, key => key.Parts[part].AsInteger()) },
        RecordKeyKind.Guid => new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(keys, key => key.Parts[part].AsGuid()) },
        _ => new NpgsqlParameter<string[]> { TypedValue = Array.ConvertAll(keys, key => key.Parts[part].AsText()) },
    };
}
