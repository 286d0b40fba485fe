namespace Relocation.Testing.Planning;

/// <summary>What the rows of a member of records look like.</summary>
internal sealed class ChildLayout
{
    private readonly Dictionary<TablePart, RelocationEntity> _keyed;

    internal ChildLayout(RelocationChild child)
    {
        Child = child;
        Rows = new EntityLayout(child.Rows, child);
        OwnerColumns = [.. child.OwnerFields.Select(name => Array.FindIndex(Rows.Columns, column => column.Name == name))];
        NumberColumn = Array.FindIndex(Rows.Columns, column => column.Name == child.Number);
        IsKeyOfPair = child.HoldsKeys && child.Rows.References.Count > 0 && Rows.Entity.Key.Fields.All(
            field => child.OwnerFields.Contains(field.Name) || child.Rows.References[0].Fields.Contains(field.Name));
        _keyed = Rows.Parts.ToDictionary(part => part, Keyed);
    }

    internal RelocationChild Child { get; }

    internal EntityLayout Rows { get; }

    /// <summary>Whether the rows' key is made of nothing but their owner's key and that of the record which they lead to.</summary>
    internal bool IsKeyOfPair { get; }

    /// <summary>The columns that take the owner's key, in the order of its parts.</summary>
    internal int[] OwnerColumns { get; }

    /// <summary>The column that is numbered, or -1.</summary>
    internal int NumberColumn { get; }

    /// <summary>Rows of one of the tables by their owners.</summary>
    internal RowLookup ByOwner => Lookup(Rows.FindPart(Child.OwnerFields) ?? Rows.Parts[0], Child.OwnerFields);

    /// <summary>Rows of a table by their whole keys.</summary>
    internal RowLookup ByKey(TablePart part) => Lookup(part, [.. Rows.Entity.Key.Fields.Select(field => field.Name)]);

    /// <summary>The same question, whose answers are whole keys rather than the numbers that rows are counted by.</summary>
    internal RowLookup WithWholeKeys(RowLookup lookup) =>
        lookup with { Entity = _keyed[Array.Find(Rows.Parts, part => part.Table == lookup.Entity)!] };

    private RowLookup Lookup(TablePart part, IReadOnlyList<string> fields) =>
        new(_keyed[part], [.. fields.Select(name => Array.Find(part.Columns, column => column.Name == name)!)]);

    private RelocationEntity Keyed(TablePart part)
    {
        List<RelocationField> key = [.. Rows.Entity.Key.Fields.Select(field => Array.Find(part.Columns, column => column.Name == field.Name)!)];
        return new RelocationEntity
        {
            Label = Rows.Entity.Label,
            Schema = part.Schema,
            Table = part.Name,
            Key = new RelocationKey { Fields = key, Policy = KeyPolicy.Preserve },
            Fields = [.. part.Columns.Except(key)],
        };
    }
}
