using System.Runtime.CompilerServices;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Planning;

/// <summary>The layouts of all models, types of hierarchies and children; each table is known by one description to all of them.</summary>
internal sealed class LayoutSet
{
    private static readonly ConditionalWeakTable<RelocationModel, LayoutSet> Sets = [];

    private readonly Dictionary<RelocationEntity, EntityLayout> _layouts = [];
    private readonly Dictionary<RelocationEntity, EntityLayout[]> _ofRecords = [];
    private readonly Dictionary<RelocationEntity, Table[]> _keyTables = [];
    private readonly Dictionary<RelocationEntity, Table[]> _allTables = [];

    private LayoutSet(RelocationModel model)
    {
        var tables = new Dictionary<(string?, string), List<(RelocationEntity? Whole, TablePart Part, RelocationEntity Rows)>>();
        foreach (var entity in model.Entities)
        {
            foreach (var rows in RowsOf(entity))
            {
                var layout = new EntityLayout(rows);
                _layouts.Add(rows, layout);
                foreach (var part in layout.AllParts)
                {
                    var isWhole = rows == entity && rows.Tables.Count == 0 && part == layout.Parts[0];
                    (tables.TryGetValue((part.Schema, part.Name), out var parts) ? parts : tables[(part.Schema, part.Name)] = [])
                        .Add((isWhole ? rows : null, part, rows));
                }
            }
        }

        foreach (var parts in tables.Values)
        {
            var table = Describe(parts.Find(part => part.Whole is not null).Whole, parts[0].Rows, [.. parts.Select(part => part.Part)]);
            parts.ForEach(part => part.Part.Table = part.Whole is { } other && !HasKey(table, other) ? Table.Of(other) : table);
        }

        foreach (var entity in model.Entities)
        {
            // What any type of a hierarchy may hold, for values that are noted before the types are known.
            _layouts.TryAdd(entity, new EntityLayout(entity));
            EntityLayout[] layouts = [.. RowsOf(entity).Select(rows => _layouts[rows])];
            _ofRecords.Add(entity, layouts);
            _keyTables.Add(entity, [.. layouts.Select(layout => layout.Parts[0].Table).Distinct()]);
            _allTables.Add(entity, [.. layouts.SelectMany(layout => layout.AllParts).Select(part => part.Table).Distinct()]);
        }
    }

    /// <summary>The layouts of a model, which are worked out once for all imports and exports.</summary>
    internal static LayoutSet Of(RelocationModel model) => Sets.GetValue(model, static each => new LayoutSet(each));

    /// <summary>What rows look like; of a hierarchy, all that its types may hold.</summary>
    internal EntityLayout this[RelocationEntity rows] => _layouts[rows];

    /// <summary>What a model's records look like: one layout, or one for each type of a hierarchy.</summary>
    internal IReadOnlyList<EntityLayout> Of(RelocationEntity entity) => _ofRecords[entity];

    /// <summary>The tables of which each record of the model is in one: a hierarchy may have one for each of its types.</summary>
    internal IReadOnlyList<Table> KeyTables(RelocationEntity entity) => _keyTables[entity];

    /// <summary>The tables that records of the model may have rows in, those that their members become rows of included.</summary>
    internal IReadOnlyList<Table> AllTables(RelocationEntity entity) => _allTables[entity];

    /// <summary>The table that has all rows of a model, without those of its members; the first one, where a hierarchy has several.</summary>
    internal Table TableOf(RelocationEntity entity) => _keyTables[entity][0];

    /// <summary>The tables of all models.</summary>
    internal IReadOnlyList<Table> AllTables() => [.. _allTables.Values.SelectMany(tables => tables).Distinct()];

    private static IEnumerable<RelocationEntity> RowsOf(RelocationEntity entity) =>
        entity.Types.Count == 0 ? [entity] : entity.Types.Select(type => type.Rows);

    private static Table Describe(RelocationEntity? whole, RelocationEntity rows, List<TablePart> parts)
    {
        var columns = parts.SelectMany(part => part.Columns);
        if (whole is not null)
        {
            return Table.Of(whole, whole.Schema, whole.Table, whole.Key.Fields, whole.Fields.Concat(columns));
        }

        var key = parts[0].Key.Select(name => Array.Find(parts[0].Columns, column => column.Name == name)!);
        return Table.Of(rows, parts[0].Schema, parts[0].Name, [.. key], columns);
    }

    /// <summary>Two models may share a table, and tell its rows apart by different columns.</summary>
    private static bool HasKey(Table table, RelocationEntity entity) =>
        table.Key.Select(column => column.Column).SequenceEqual(entity.Key.Fields.Select(field => field.Column));
}
