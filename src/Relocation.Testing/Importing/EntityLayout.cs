namespace Relocation.Testing.Importing;

/// <summary>What one model's rows look like and where their values stand in records: worked out once for all imports.</summary>
internal sealed class EntityLayout
{
    private readonly List<FieldNode> _nodes = [];
    private readonly string[] _objects;

    /// <param name="entity">The model, one of the types of a hierarchy, or the rows of a child.</param>
    /// <param name="child">Whose rows they are, when their values come from members of other records.</param>
    internal EntityLayout(RelocationEntity entity, RelocationChild? child = null)
    {
        Entity = entity;
        IsOfChild = child is not null;
        Columns = [.. entity.WrittenFields];
        KeyKinds = child is null ? [.. Enumerable.Range(0, entity.Key.Fields.Count).Select(entity.Key.PartKind)] : [];
        _objects = [.. Columns.Select(column => column.Object).OfType<string>().Distinct()];
        ObjectOf = [.. Columns.Select(column => Array.IndexOf(_objects, column.Object))];
        Children = [.. entity.Children.Select(held => new ChildLayout(held))];
        Root = NewNode(string.Empty);
        for (var column = 0; column < Columns.Length; column++)
        {
            if (Columns[column].IsInBackup && !IsProvided(child, Columns[column].Name))
            {
                AddName(Columns[column].Name, Columns[column].Aliases, column);
            }
        }

        for (var i = 0; i < Children.Length; i++)
        {
            AddName(Children[i].Child.Name, Children[i].Child.Aliases, Columns.Length + i);
        }

        Parts = PartsOf(entity, Columns, child);
        IsSplit = Parts.Length > 1
            || Array.Exists(Columns, column => column is { IsInBackup: true, Default.Kind: FieldDefaultKind.Database });
    }

    internal RelocationEntity Entity { get; }

    /// <summary>Whether the rows' values come from members of other records.</summary>
    internal bool IsOfChild { get; }

    /// <summary>The columns of the rows: the key's, then the fields'.</summary>
    internal RelocationField[] Columns { get; }

    internal RecordKeyKind[] KeyKinds { get; }

    /// <summary>The members of a record's fields. A number from that of the columns on is a child's.</summary>
    internal FieldNode Root { get; }

    /// <summary>How many objects there are that may be missing as a whole.</summary>
    internal int ObjectCount => _objects.Length;

    /// <summary>For each column the number of the object that it is missing with, or -1.</summary>
    internal int[] ObjectOf { get; }

    /// <summary>The members that become rows of other tables.</summary>
    internal ChildLayout[] Children { get; }

    /// <summary>The tables that each get a row for every record.</summary>
    internal TablePart[] Parts { get; }

    /// <summary>Whether rows cannot be written as they are read: they go to several tables, or without some of their columns.</summary>
    internal bool IsSplit { get; }

    /// <summary>All tables, those of children included.</summary>
    internal IEnumerable<TablePart> AllParts => Parts.Concat(Children.SelectMany(child => child.Rows.AllParts));

    /// <summary>Fresh guesses, one for each node.</summary>
    internal NameGuess[] NewGuesses() => [.. _nodes.Select(node => new NameGuess(node.NameCount))];

    /// <summary>Whether a member that no column takes is known all the same: what tells types apart has no column in a table per type.</summary>
    internal bool Ignores(string name) => name == Entity.TypeField;

    /// <summary>The table that has all these fields.</summary>
    internal TablePart PartOf(IReadOnlyList<string> fields) =>
        Array.Find(Parts, part => fields.All(name => Array.Exists(part.Sources, source => Columns[source].Name == name))) ?? Parts[0];

    private static bool IsProvided(RelocationChild? child, string field) =>
        child is not null && (field == child.Number || child.OwnerFields.Contains(field));

    private static TablePart[] PartsOf(RelocationEntity entity, RelocationField[] columns, RelocationChild? child)
    {
        var key = child?.Number is { } number ? [number] : entity.Key.Fields.Select(field => field.Name).ToList();
        if (entity.Tables.Count == 0)
        {
            return [new TablePart(entity.Schema, entity.Table, key, columns, [.. Enumerable.Range(0, columns.Length)])];
        }

        return
        [
            .. entity.Tables.Select(table =>
            {
                var placed = table.Columns.Select(column => (
                    Source: Array.FindIndex(columns, field => field.Name == column.Field), column.Name)).Where(pair => pair.Source >= 0).ToList();
                return new TablePart(
                    table.Schema,
                    table.Name,
                    key,
                    [.. placed.Select(pair => columns[pair.Source].InColumn(pair.Name))],
                    [.. placed.Select(pair => pair.Source)]);
            }),
        ];
    }

    private void AddName(string name, IReadOnlyList<string> aliases, int column)
    {
        Root.Add(name, column, NewNode);
        foreach (var alias in aliases)
        {
            Root.Add(alias, column, NewNode);
        }
    }

    private FieldNode NewNode(string path)
    {
        _nodes.Add(new FieldNode(_nodes.Count, path) { Object = Array.IndexOf(_objects, path.TrimEnd('.')) });
        return _nodes[^1];
    }
}
