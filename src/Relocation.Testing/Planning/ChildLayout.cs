namespace Relocation.Testing.Planning;

/// <summary>What the rows of a member of records look like.</summary>
internal sealed class ChildLayout
{
    internal ChildLayout(RelocationChild child)
    {
        Child = child;
        Rows = new EntityLayout(child.Rows, child);
        OwnerColumns = [.. child.OwnerFields.Select(name => Array.FindIndex(Rows.Columns, column => column.Name == name))];
        NumberColumn = Array.FindIndex(Rows.Columns, column => column.Name == child.Number);
        IsKeyOfPair = child.HoldsKeys && child.Rows.References.Count > 0 && Rows.Entity.Key.Fields.All(
            field => child.OwnerFields.Contains(field.Name) || child.Rows.References[0].Fields.Contains(field.Name));
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
    internal RowLookup ByOwner
    {
        get
        {
            var part = Rows.FindPart(Child.OwnerFields) ?? Rows.Parts[0];
            return new RowLookup(part.Table, Columns(part, Child.OwnerFields)) { Answer = KeyIn(part) };
        }
    }

    /// <summary>Rows of a table by their whole keys.</summary>
    internal RowLookup ByKey(TablePart part) => new(part.Table, KeyIn(part)) { Answer = KeyIn(part) };

    /// <summary>The same question, whose answers are whole keys rather than the numbers that rows are counted by.</summary>
    internal RowLookup WithWholeKeys(RowLookup lookup) =>
        lookup with { Answer = KeyIn(Array.Find(Rows.Parts, part => part.Table == lookup.Table)!) };

    private static RelocationField[] Columns(TablePart part, IEnumerable<string> fields) =>
        [.. fields.Select(name => Array.Find(part.Columns, column => column.Name == name)!)];

    /// <summary>The columns of the rows' whole key in one of their tables.</summary>
    private RelocationField[] KeyIn(TablePart part) => Columns(part, Rows.Entity.Key.Fields.Select(field => field.Name));
}
