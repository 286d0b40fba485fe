using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Words the question which rows equal some lists of values: the lists are one JSON parameter, joined with the table.</summary>
internal static class SqliteRowSearch
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Makes a floating-point number of its bits.</summary>
    internal const string RealFunction = "relocation_real";

    /// <summary>Whether a question needs <see cref="RealFunction"/>.</summary>
    internal static bool NeedsReals(RowLookup lookup) => lookup.AllFields.Any(field => field.Type == FieldType.Real);

    internal static string Sql(DatabaseEngine engine, RowLookup lookup)
    {
        var keys = string.Join(", ", lookup.Answer.Select(field => $"t.{engine.Quote(field.Column)}"));
        var terms = lookup.Fields.Select(field => Equal(engine.Quote(field.Column), field, lookup.IgnoresCase));
        var where = lookup.Condition is null ? string.Empty : $" WHERE ({lookup.Condition})";
        var table = lookup.Condition is null ? engine.Quote(lookup.Table.Name) : $"(SELECT * FROM {engine.Quote(lookup.Table.Name)}{where})";

        // A table of the user may have any short name, and would be hidden by it. A left or cross join begins with the values, so that an index of the table is used where there is one.
        return $"WITH \"relocation values\" AS MATERIALIZED ({Values(engine, lookup)}), "
            + $"\"relocation asked\" AS (SELECT * FROM \"relocation values\"{where}) "
            + $"SELECT v.\"relocation index\", {keys} FROM \"relocation asked\" AS v "
            + $"{(lookup.Condition is null ? "CROSS JOIN" : "LEFT JOIN")} {table} AS t ON {string.Join(" AND ", terms)}";
    }

    /// <summary>Guids are text of upper case as EF Core writes them, and of lower case as others do.</summary>
    private static string Equal(string column, RelocationField field, bool ignoresCase) => field.Type switch
    {
        FieldType.Text when ignoresCase => $"t.{column} = v.{column} COLLATE NOCASE",
        FieldType.Guid when !IsBlob(field) => $"t.{column} IN (v.{column}, lower(v.{column}))",
        _ => $"t.{column} = v.{column}",
    };

    /// <summary>Deletes the rows that equal one of the lists.</summary>
    internal static string DeleteSql(DatabaseEngine engine, RowLookup lookup)
    {
        var columns = string.Join(", ", lookup.Fields.Select(field => engine.Quote(field.Column)));
        return $"WITH \"relocation values\" AS MATERIALIZED ({Values(engine, lookup)}) DELETE FROM {engine.Quote(lookup.Table.Name)} "
            + $"WHERE ({columns}) IN (SELECT {columns} FROM \"relocation values\")";
    }

    /// <summary>Writes the lists of values as the parameter takes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void WriteJson(RowLookup lookup, RowBatch values, ArrayBufferWriter<byte> json)
    {
        var fields = lookup.AllFields.ToArray();
        using var writer = new Utf8JsonWriter(json, Options);
        writer.WriteStartArray();
        for (var row = 0; row < values.Count; row++)
        {
            writer.WriteStartArray();
            for (var i = 0; i < fields.Length; i++)
            {
                Write(writer, fields[i], values.CellAt(row, i), values);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static string Values(DatabaseEngine engine, RowLookup lookup)
    {
        var columns = lookup.AllFields.Select((field, index) => $"{ValueAt(field, index)} AS {engine.Quote(field.Column)}");
        return $"SELECT key AS \"relocation index\", {string.Join(", ", columns)} FROM json_each($values)";
    }

    /// <summary>
    /// JSON has no bytes; they travel as hexadecimal digits. Floating-point numbers travel as their bits, since SQLite does not read every
    /// text of one as exactly that number.
    /// </summary>
    private static string ValueAt(RelocationField field, int index) =>
        field.Type == FieldType.Real ? $"{RealFunction}(value ->> '$[{index}]')" : IsBlob(field) ? $"unhex(value ->> '$[{index}]')" : $"value ->> '$[{index}]'";

    private static bool IsBlob(RelocationField field) =>
        field.Type == FieldType.Bytes || (field.Type == FieldType.Guid && SqliteValueText.IsBlob(field));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(Utf8JsonWriter json, RelocationField field, in Cell cell, RowBatch values)
    {
        if (cell.IsNull)
        {
            json.WriteNullValue();
        }
        else if (field.Type is FieldType.Integer or FieldType.Boolean or FieldType.Real)
        {
            json.WriteNumberValue(cell.Bits);
        }
        else if (IsBlob(field))
        {
            json.WriteStringValue(Convert.ToHexString(values.BytesOf(cell)));
        }
        else
        {
            json.WriteStringValue(values.BytesOf(SqliteValueText.IsNeededFor(field) ? SqliteValueText.Format(field, cell, values) : cell));
        }
    }
}
