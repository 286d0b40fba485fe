using System.Text;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Says where things of one model's records stand.</summary>
internal sealed class RecordPlaces(KeyTable table, Problems problems)
{
    /// <summary>The JSON pointer, within the fields, of the object being read; empty for the fields themselves.</summary>
    private string _pointer = string.Empty;

    /// <summary>The JSON pointer, within the fields, of what is being read.</summary>
    internal string Current => _pointer;

    internal PlaceRequest OfKey(RecordCursor cursor) => At(cursor, cursor.PkOffset, "/pk");

    internal PlaceRequest OfFields(RecordCursor cursor) => At(cursor, cursor.FieldsOffset, "/fields");

    /// <param name="cursor">At the record.</param>
    /// <param name="start">Where the object being read starts within the record's fields.</param>
    /// <param name="value">At the value.</param>
    internal PlaceRequest Of(RecordCursor cursor, int start, ref FieldReader value) =>
        At(cursor, cursor.FieldsOffset + start + value.ValueStart, $"/fields{PointerOf(ref value)}");

    /// <summary>The first member that holds a part of the reference, or the key that does.</summary>
    internal PlaceRequest Of(RecordCursor cursor, RelocationReference reference, EntityLayout layout)
    {
        var guess = new NameGuess(layout.Root.NameCount);
        var reader = new FieldReader(cursor.Fields);
        while (reader.Read())
        {
            if (layout.Root.TryFind(reader.Name, reader.NameIsEscaped, guess, out var column, out var node)
                && node is null && layout.ColumnOf(column) is >= 0 and var index && reference.Fields.Contains(layout.Columns[index].Name))
            {
                return Of(cursor, 0, ref reader);
            }
        }

        return OfKey(cursor);
    }

    /// <summary>The member's name, after those of the objects that it is in; numbers of elements are left out.</summary>
    internal string PathOf(ref FieldReader member) =>
        _pointer.Length == 0
            ? NameOf(ref member)
            : $"{string.Join('.', _pointer[1..].Split('/').Where(name => !name.All(char.IsAsciiDigit)))}.{NameOf(ref member)}";

    /// <summary>Goes into an object; what is returned leads out again.</summary>
    internal string Enter(ref FieldReader member)
    {
        var outer = _pointer;
        _pointer = PointerOf(ref member);
        return outer;
    }

    internal void Leave(string outer) => _pointer = outer;

    /// <summary>The JSON pointer, within the fields, of a member.</summary>
    internal string Pointer(ref FieldReader member) => PointerOf(ref member);

    /// <summary>Goes to an object or an element by its pointer; what is returned leads back.</summary>
    internal string GoTo(string pointer)
    {
        var outer = _pointer;
        _pointer = pointer;
        return outer;
    }

    /// <summary>A place by its pointer within the fields.</summary>
    internal PlaceRequest Of(RecordCursor cursor, int start, string pointer) =>
        At(cursor, cursor.FieldsOffset + start, $"/fields{pointer}");

    private static string NameOf(ref FieldReader member) =>
        member.NameIsEscaped ? JsonText.ToText(member.Name) : Encoding.UTF8.GetString(member.Name);

    /// <summary>The member's JSON pointer within the fields.</summary>
    private string PointerOf(ref FieldReader member) => member.NameStart < 0
        ? _pointer
        : $"{_pointer}/{NameOf(ref member).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private PlaceRequest At(RecordCursor cursor, long offset, string pointer) =>
        new(offset, $"/{cursor.ArrayIndex}{pointer}", table.Entity.Label, problems.Shown(table.Records.Keys[cursor.Rank]), cursor.Rank);
}
