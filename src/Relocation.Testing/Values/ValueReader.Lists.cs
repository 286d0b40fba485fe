using System.Buffers;
using System.Text;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Values;

/// <content>Lists, as JSON or in the text forms of backups, and how long their elements may be.</content>
internal static partial class ValueReader
{
    private static string? ReadArray(RelocationField field, ref FieldReader value, RowBatch batch, out Cell cell)
    {
        cell = default;
        if (value.Kind == JsonToken.Array)
        {
            var length = JsonText.Minify(value.Value, batch.Reserve(value.Value.Length, out var start));
            batch.Commit(length);
            cell = Cell.Bytes(start, length);
        }
        else if (value.Kind == JsonToken.String && field.Encoding is FieldEncoding.ListText or FieldEncoding.PythonListText)
        {
            if (value.Value.IsEmpty)
            {
                // Sentry writes an empty list so where a column has never been set.
                cell = batch.Add("[]"u8);
                return null;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(value.Value.Length);
            var json = ListText.ToJson(buffer.AsSpan(0, JsonText.Unescape(value.Value, buffer)));
            ArrayPool<byte>.Shared.Return(buffer);
            if (json is null)
            {
                return Wrong(field, ref value);
            }

            cell = batch.Add(json);
        }
        else
        {
            return Wrong(field, ref value);
        }

        return CheckList(field, batch.BytesOf(cell)) ?? ListElements.Read(field, batch.BytesOf(cell), batch, ref cell);
    }

    private static string? CheckList(RelocationField field, ReadOnlySpan<byte> json) =>
        HoldsEscapedNul(json) ? ValueErrors.HoldsNul(field)
        : field.LongestElement is { } most && json.Length > most && json[0] == (byte)'[' ? CheckElements(field, most, json)
        : null;

    /// <summary>Finds an element that is too long. Databases that have arrays refuse it, and what one refuses no other is to take.</summary>
    private static string? CheckElements(RelocationField field, int most, ReadOnlySpan<byte> list)
    {
        string? wrong = null;
        var reader = new FieldReader(list);
        while (wrong is null && reader.ReadElement())
        {
            if (reader.Kind == JsonToken.Array)
            {
                wrong = CheckElements(field, most, reader.Value);
            }
            else if (reader.Kind == JsonToken.String && reader.Value.Length > most)
            {
                var length = Characters(Encoding.UTF8.GetBytes(JsonText.ToText(reader.Value)));
                wrong = length > most ? ValueErrors.ElementTooLong(field, length, most) : null;
            }
        }

        return wrong;
    }
}
