using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Relocation.Testing.Importing;

/// <summary>Words the question which rows equal some lists of values: the lists are one JSON parameter, joined with the table.</summary>
internal static class SqliteRowSearch
{
    internal static string Sql(SqliteEngine engine, RowLookup lookup)
    {
        var keys = string.Join(", ", lookup.Entity.Key.Fields.Select(field => $"t.{engine.Quote(field.Column)}"));
        var terms = lookup.Fields.Select(field =>
            $"t.{engine.Quote(field.Column)} = v.{engine.Quote(field.Column)}{(lookup.IgnoresCase && field.Type == FieldType.Text ? " COLLATE NOCASE" : string.Empty)}");
        var where = lookup.Condition is null ? string.Empty : $" WHERE ({lookup.Condition})";
        var table = lookup.Condition is null ? engine.Quote(lookup.Entity.Table) : $"(SELECT * FROM {engine.Quote(lookup.Entity.Table)}{where})";

        // A left or cross join begins with the values, so that an index of the table is used where there is one.
        return $"WITH a AS MATERIALIZED ({Values(engine, lookup)}), v AS (SELECT * FROM a{where}) SELECT v.\"relocation index\", {keys} FROM v "
            + $"{(lookup.Condition is null ? "CROSS JOIN" : "LEFT JOIN")} {table} AS t ON {string.Join(" AND ", terms)}";
    }

    /// <summary>Deletes the rows that equal one of the lists.</summary>
    internal static string DeleteSql(SqliteEngine engine, RowLookup lookup)
    {
        var columns = string.Join(", ", lookup.Fields.Select(field => engine.Quote(field.Column)));
        return $"WITH v AS MATERIALIZED ({Values(engine, lookup)}) DELETE FROM {engine.Quote(lookup.Entity.Table)} WHERE ({columns}) IN (SELECT {columns} FROM v)";
    }

    internal static string Json(RowLookup lookup, RowBatch values)
    {
        var fields = lookup.AllFields.ToList();
        var json = new StringBuilder("[");
        for (var row = 0; row < values.Count; row++)
        {
            json.Append(row == 0 ? "[" : ",[");
            for (var i = 0; i < fields.Count; i++)
            {
                json.Append(i == 0 ? string.Empty : ",").Append(ValueOf(fields[i], values.CellAt(row, i), values));
            }

            json.Append(']');
        }

        return json.Append(']').ToString();
    }

    private static string Values(SqliteEngine engine, RowLookup lookup)
    {
        var columns = lookup.AllFields.Select((field, index) => $"{ValueAt(field, index)} AS {engine.Quote(field.Column)}");
        return $"SELECT key AS \"relocation index\", {string.Join(", ", columns)} FROM json_each($values)";
    }

    /// <summary>JSON has no bytes; they travel as hexadecimal digits.</summary>
    private static string ValueAt(RelocationField field, int index) =>
        IsBlob(field) ? $"unhex(value ->> '$[{index}]')" : $"value ->> '$[{index}]'";

    private static bool IsBlob(RelocationField field) =>
        field.Type == FieldType.Bytes || (field.Type == FieldType.Guid && SqliteValueText.IsBlob(field));

    private static string ValueOf(RelocationField field, in Cell cell, RowBatch values)
    {
        if (cell.IsNull)
        {
            return "null";
        }

        if (field.Type is FieldType.Integer or FieldType.Boolean)
        {
            return cell.Bits.ToString(CultureInfo.InvariantCulture);
        }

        if (field.Type == FieldType.Real)
        {
            return BitConverter.Int64BitsToDouble(cell.Bits).ToString("R", CultureInfo.InvariantCulture);
        }

        if (IsBlob(field))
        {
            return $"\"{Convert.ToHexString(values.BytesOf(cell))}\"";
        }

        var text = SqliteValueText.IsNeededFor(field) ? SqliteValueText.Format(field, cell, values) : cell;
        return $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Encoding.UTF8.GetString(values.BytesOf(text)))}\"";
    }
}
