using System.Text;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Says where things of one model's records stand.</summary>
internal sealed class RecordPlaces(KeyTable table, Problems problems)
{
    /// <summary>The record's key, unless it may not be shown.</summary>
    internal RecordKey? KeyOf(int rank) => problems.Shown(table.Records.Keys[rank]);

    internal PlaceRequest OfKey(int rank) => new(
        table.Records.OffsetOf(rank), $"/{table.Records.ArrayIndexOf(rank)}/pk", table.Entity.Label, KeyOf(rank));

    internal PlaceRequest OfFields(RecordCursor cursor) =>
        new(cursor.Offset, $"/{cursor.ArrayIndex}/fields", table.Entity.Label, KeyOf(cursor.Rank));

    /// <param name="cursor">At the record.</param>
    /// <param name="start">Where the value starts within the record's fields.</param>
    /// <param name="field">The field's name, dots leading into objects.</param>
    internal PlaceRequest Of(RecordCursor cursor, int start, string field)
    {
        var pointer = new StringBuilder($"/{cursor.ArrayIndex}/fields");
        foreach (var name in field.Split('.'))
        {
            pointer.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return new PlaceRequest(cursor.FieldsOffset + start, pointer.ToString(), table.Entity.Label, KeyOf(cursor.Rank));
    }

    internal static string NameOf(ref FieldReader reader) =>
        reader.NameIsEscaped ? JsonText.ToText(reader.Name) : Encoding.UTF8.GetString(reader.Name);
}
