using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Says where things of one model's records stand. Pointers are worked out for what is reported only.</summary>
internal sealed class RecordPlaces(KeyTable table, Problems problems)
{
    private readonly PointerTracer _tracer = new();
    private long _traced = -1;

    internal PlaceRequest OfKey(RecordCursor cursor) => At(cursor, cursor.PkOffset, "/pk");

    internal PlaceRequest OfFields(RecordCursor cursor) => At(cursor, cursor.FieldsOffset, "/fields");

    /// <param name="cursor">At the record.</param>
    /// <param name="start">Where the object being read starts within the record's fields.</param>
    /// <param name="value">At the value.</param>
    internal PlaceRequest Of(RecordCursor cursor, int start, ref FieldReader value) =>
        Of(cursor, start + value.ValueStart);

    /// <param name="cursor">At the record.</param>
    /// <param name="position">Where the value starts within the record's fields.</param>
    internal PlaceRequest Of(RecordCursor cursor, int position) =>
        At(cursor, cursor.FieldsOffset + position, $"/fields{TracerOf(cursor).PointerTo(cursor.Fields, position)}");

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
    internal string PathOf(RecordCursor cursor, int start, ref FieldReader member) =>
        TracerOf(cursor).PathTo(cursor.Fields, start + member.ValueStart);

    /// <summary>One record may have as many places to report as it has fields: all are found in one walk over it.</summary>
    private PointerTracer TracerOf(RecordCursor cursor)
    {
        if (_traced != cursor.FieldsOffset)
        {
            _traced = cursor.FieldsOffset;
            _tracer.Restart();
        }

        return _tracer;
    }

    private PlaceRequest At(RecordCursor cursor, long offset, string pointer) =>
        new(offset, $"/{cursor.ArrayIndex}{pointer}", table.Entity.Label, problems.Shown(table.Records.Keys[cursor.Rank]), cursor.Rank);
}
