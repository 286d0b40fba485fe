namespace Relocation.Testing.Importing;

/// <summary>What the rows of a member of records look like.</summary>
internal sealed class ChildLayout
{
    internal ChildLayout(RelocationChild child)
    {
        Child = child;
        Rows = new EntityLayout(child.Rows, child);
        OwnerColumns = [.. child.OwnerFields.Select(name => Array.FindIndex(Rows.Columns, column => column.Name == name))];
        NumberColumn = Array.FindIndex(Rows.Columns, column => column.Name == child.Number);
    }

    internal RelocationChild Child { get; }

    internal EntityLayout Rows { get; }

    /// <summary>The columns that take the owner's key, in the order of its parts.</summary>
    internal int[] OwnerColumns { get; }

    /// <summary>The column that is numbered, or -1.</summary>
    internal int NumberColumn { get; }
}
