using Relocation.Testing.Modeling;

namespace Relocation.Testing.Exporting;

/// <summary>Casts values on the server to the few forms that <see cref="RowValues"/> reads.</summary>
internal static class ColumnForm
{
    internal static string Selected(RelocationField field, string column)
    {
        var store = StoreTypeName.Of(field.StoreType);
        return field.Type switch
        {
            // The bits of a number without a sign, as cells hold them.
            FieldType.Integer when IsNumeric(store) =>
                $"(CASE WHEN {column} > 9223372036854775807 THEN {column} - 18446744073709551616 ELSE {column} END)::bigint",
            FieldType.Integer when store != "bigint" => $"{column}::bigint",

            // Of a number of four bytes the shortest text is meant, not the digits that eight bytes show.
            FieldType.Real when store == "real" => $"{column}::text::double precision",
            FieldType.Real when store != "double precision" => $"{column}::double precision",
            FieldType.Decimal => $"{column}::text",
            FieldType.Text when store == "inet" => $"abbrev({column})",
            FieldType.Text when IsText(store) => column,
            FieldType.Text => $"{column}::text",
            FieldType.Guid when store != "uuid" => $"{column}::uuid",
            FieldType.Json or FieldType.Array when store.EndsWith("[]", StringComparison.Ordinal) => $"to_json({column})::text",
            FieldType.Json when store == "hstore" => $"{column}::json::text",
            FieldType.Json or FieldType.Array when !IsText(store) => $"{column}::text",
            FieldType.Time when store.Contains("with time zone", StringComparison.Ordinal) => $"{column}::time",
            _ => column,
        };
    }

    private static bool IsNumeric(string store) =>
        store.StartsWith("numeric", StringComparison.Ordinal);

    /// <summary>A character of fixed length is text too; of longer ones, the cast takes the blanks that fill them up.</summary>
    private static bool IsText(string store) =>
        store == "text" || (store.StartsWith("character varying", StringComparison.Ordinal) && !store.EndsWith(']')) || store is "character(1)" or "character";
}
