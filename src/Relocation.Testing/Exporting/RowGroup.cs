using Relocation.Testing.Engines;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>The rows of a model that one query reads: all of them, or those of some types of a hierarchy.</summary>
internal sealed class RowGroup
{
    private readonly Dictionary<string, RowShape>? _byDiscriminator;
    private readonly int _typeColumn = -1;

    private RowGroup(ExportQuery query, IReadOnlyList<RowShape> shapes, int[] key, IReadOnlyList<ChildGroup> children, int typeColumn)
    {
        Query = query;
        Shapes = shapes;
        Key = key;
        Children = children;
        _typeColumn = typeColumn;
        _byDiscriminator = typeColumn < 0 ? null : shapes.ToDictionary(shape => shape.Type!.Discriminator);
    }

    internal ExportQuery Query { get; }

    internal IReadOnlyList<RowShape> Shapes { get; }

    /// <summary>Where the key's columns are in the query's rows.</summary>
    internal int[] Key { get; }

    /// <summary>The members that are rows of other tables.</summary>
    internal IReadOnlyList<ChildGroup> Children { get; }

    /// <summary>All groups of a model: those types that share their first table are read together.</summary>
    internal static IReadOnlyList<RowGroup> Of(
        RelocationEntity entity, LayoutSet layouts, DatabaseEngine engine, ExportTransaction transaction, FieldWriters writers)
    {
        var types = layouts.Of(entity).Select((layout, index) => (Layout: layout, Type: entity.Types.Count == 0 ? null : entity.Types[index])).ToList();
        var groups = types.GroupBy(type => (type.Layout.Parts[0].Schema, type.Layout.Parts[0].Name)).ToList();
        var isInterleaved = groups.Count > 1 || types.Exists(type => Array.Exists(type.Layout.Children, child => writers.Joins.Exports(entity, child)));
        return [.. groups.Select(group => Of(entity, [.. group], engine, transaction, writers, isInterleaved))];
    }

    /// <summary>What the stream's current row is, or null for a type that the model does not have.</summary>
    internal RowShape? ShapeOf(RowStream stream)
    {
        if (_byDiscriminator is not null)
        {
            var cell = stream.Row[_typeColumn];
            if (cell.IsNull)
            {
                return null;
            }

            var field = stream.Batch.Columns[_typeColumn];
            var json = field.Type switch
            {
                FieldType.Integer => cell.Bits.ToString(System.Globalization.CultureInfo.InvariantCulture),
                FieldType.Boolean => cell.Bits != 0 ? "true" : "false",
                _ => System.Text.Json.JsonSerializer.Serialize(PlainValue.Of(field, cell, stream.Batch)),
            };
            return _byDiscriminator.GetValueOrDefault(json);
        }

        // The first is the most specific one.
        foreach (var shape in Shapes)
        {
            if (shape.IsPresent(stream.Row))
            {
                return shape;
            }
        }

        return null;
    }

    private static RowGroup Of(
        RelocationEntity entity,
        List<(EntityLayout Layout, RelocationType? Type)> types,
        DatabaseEngine engine,
        ExportTransaction transaction,
        FieldWriters writers,
        bool isInterleaved)
    {
        var query = new QueryText(engine, transaction);
        var keys = entity.Key.Fields.Count;
        var tables = types.SelectMany(type => type.Layout.Parts).DistinctBy(part => (part.Schema, part.Name)).ToList();
        var aliases = query.AddTables(tables, keys);
        int[] key = [.. Enumerable.Range(0, keys).Select(part => query.Select(aliases[0], QueryText.ColumnAt(tables[0], part)))];
        for (var part = 0; part < keys; part++)
        {
            query.OrderBy(aliases[0], QueryText.ColumnAt(tables[0], part));
        }

        var children = ChildGroup.Of(types.SelectMany(type => type.Layout.Children).Where(child => writers.Joins.Exports(entity, child)), [], engine, transaction, writers);
        var shapes = types.ConvertAll(type =>
        {
            var own = type.Layout.Parts.Select(part => tables.FindIndex(table => (table.Schema, table.Name) == (part.Schema, part.Name))).ToArray();
            var places = PlacesOf(query, type.Layout, own, aliases);
            int[] presence = tables.Count == 1 || types.Count == 1
                ? []
                : [.. own.Where(table => table > 0).Select(table => query.Select(aliases[table], QueryText.ColumnAt(tables[table], 0)))];
            return new RowShape(entity, type.Type, type.Layout, places, presence, children, writers);
        });
        var discriminator = entity.TypeField is { } field
            ? shapes[0].Layout.Columns.ToList().FindIndex(column => column.Name == field) is >= 0 and var column ? shapes[0].Places[column] : -1
            : -1;
        return new RowGroup(
            query.ToQuery(entity.Label, isInterleaved),
            [.. shapes.OrderByDescending(shape => shape.Presence.Length)],
            key,
            children,
            discriminator);
    }

    private static int[] PlacesOf(QueryText query, EntityLayout layout, int[] tables, string[] aliases)
    {
        var places = new int[layout.Columns.Length];
        for (var column = 0; column < places.Length; column++)
        {
            var part = Array.FindIndex(layout.Parts, part => part.Sources.Contains(column));
            places[column] = query.Select(aliases[tables[part]], QueryText.ColumnAt(layout.Parts[part], column));
        }

        return places;
    }
}
