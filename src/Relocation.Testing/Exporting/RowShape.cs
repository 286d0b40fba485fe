using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>What the records of a model, or of one of its types, look like, and where a query's rows have their values.</summary>
internal sealed class RowShape
{
    private readonly FieldWriter[] _keyWriters;

    internal RowShape(
        RelocationEntity entity,
        RelocationType? type,
        EntityLayout layout,
        int[] places,
        int[] presence,
        IReadOnlyList<ChildGroup> children,
        FieldWriters writers)
    {
        Type = type;
        Layout = layout;
        Places = places;
        Presence = presence;
        _keyWriters = [.. layout.Entity.Key.Fields.Select(field => writers.Of(entity, layout.Entity, field))];
        Members = new MemberTree(entity, type, layout, places, children, writers);
    }

    internal RelocationType? Type { get; }

    internal EntityLayout Layout { get; }

    /// <summary>For each column of the layout, its place in the query's rows.</summary>
    internal int[] Places { get; }

    /// <summary>Columns that are not null where the row is of this type.</summary>
    internal int[] Presence { get; }

    internal MemberTree Members { get; }

    internal bool IsPresent(ReadOnlySpan<Cell> row)
    {
        foreach (var column in Presence)
        {
            if (row[column].IsNull)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the key as <c>pk</c> holds it; a composite one is a list of its parts.</summary>
    internal void WriteKey(Utf8JsonWriter writer, RowStream stream)
    {
        if (_keyWriters.Length > 1)
        {
            writer.WriteStartArray();
        }

        for (var part = 0; part < _keyWriters.Length; part++)
        {
            _keyWriters[part].Write(writer, stream.Row[Places[part]], stream.Batch);
        }

        if (_keyWriters.Length > 1)
        {
            writer.WriteEndArray();
        }
    }

    internal RecordKey KeyOf(RowStream stream) => CellKeys.Of(stream, Layout.Columns, [.. Enumerable.Range(0, _keyWriters.Length)], Places)!.Value;
}
