using Relocation.Testing.Texts;

namespace Relocation.Testing.Planning;

/// <summary>What one model's rows look like and where their values stand in records: worked out once for all imports.</summary>
internal sealed class EntityLayout
{
    private readonly List<FieldNode> _nodes = [];
    private readonly string[] _objects;
    private readonly List<FieldRule> _rules = [];

    /// <param name="entity">The model, one of the types of a hierarchy, or the rows of a child.</param>
    /// <param name="child">Whose rows they are, when their values come from members of other records.</param>
    internal EntityLayout(RelocationEntity entity, RelocationChild? child = null)
    {
        Entity = entity;
        IsOfChild = child is not null;
        HoldsKeys = child?.HoldsKeys == true;
        Columns = [.. entity.WrittenFields];
        KeyKinds = child is null ? [.. Enumerable.Range(0, entity.Key.Fields.Count).Select(entity.Key.PartKind)] : [];
        References = [.. entity.References.Select(reference => new ReferenceLayout(entity, reference, Columns))];
        _objects = [.. Columns.Select(column => column.Object).OfType<string>().Distinct()];
        ObjectOf = _objects.Length == 0 ? [] : [.. Columns.Select(column => Array.IndexOf(_objects, column.Object))];
        Children = [.. entity.Children.Select(held => new ChildLayout(held))];
        Root = NewNode(string.Empty);
        AddNames(child, field => [field.Name]);
        for (var column = 0; column < Columns.Length; column++)
        {
            foreach (var former in Columns[column].IsInBackup ? Columns[column].FormerNames : [])
            {
                AddRule(new FieldRule(former, column));
            }
        }

        foreach (var dropped in entity.DroppedFields)
        {
            AddRule(new FieldRule(dropped, FieldRule.Dropped));
        }

        for (var i = 0; i < Children.Length; i++)
        {
            foreach (var name in Children[i].Child.Aliases.Prepend(Children[i].Child.Name))
            {
                Root.Add(name, FirstChild + i, FieldRule.Dropped, NewNode);
            }
        }

        AddNames(child, field => field.Aliases);
        Parts = PartsOf(entity, Columns, child);
        IsSplit = Parts.Length > 1
            || Array.Exists(Columns, column => column is { IsInBackup: true, Default.Kind: FieldDefaultKind.Database });
    }

    internal RelocationEntity Entity { get; }

    /// <summary>Whether the rows' values come from members of other records.</summary>
    internal bool IsOfChild { get; }

    /// <summary>Whether the rows come from a list of keys, which says nothing of whatever else they hold.</summary>
    internal bool HoldsKeys { get; }

    /// <summary>The columns of the rows: the key's, then the fields'.</summary>
    internal RelocationField[] Columns { get; }

    internal RecordKeyKind[] KeyKinds { get; }

    /// <summary>Where the model's references are in its rows.</summary>
    internal ReferenceLayout[] References { get; }

    /// <summary>The members of a record's fields. After the columns come declared rules, and then children.</summary>
    internal FieldNode Root { get; }

    /// <summary>Former names and dropped fields; members are numbered with these after the columns.</summary>
    internal IReadOnlyList<FieldRule> Rules => _rules;

    /// <summary>The number of the first child among members.</summary>
    internal int FirstChild => Columns.Length + _rules.Count;

    /// <summary>The column that a member's number stands for, or <see cref="FieldRule.Dropped"/>.</summary>
    internal int ColumnOf(int member) => member < Columns.Length ? member : member < FirstChild ? _rules[member - Columns.Length].Column : FieldRule.Dropped;

    /// <summary>How many objects there are that may be missing as a whole.</summary>
    internal int ObjectCount => _objects.Length;

    /// <summary>For each column the number of the object that it is missing with, or -1; empty when there are no such objects.</summary>
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

    /// <summary>The table that has all these fields, or null when none has.</summary>
    internal TablePart? FindPart(IReadOnlyList<string> fields) =>
        Array.Find(Parts, part => fields.All(name => Array.Exists(part.Columns, column => column.Name == name)));

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
                    [.. placed.Select(pair => Of(columns[pair.Source], pair.Name))],
                    [.. placed.Select(pair => pair.Source)]);
            }),
        ];
    }

    /// <summary>The field as another column holds it.</summary>
    private static RelocationField Of(RelocationField field, string column) => field.Column == column ? field : field with { Column = column };

    private void AddNames(RelocationChild? child, Func<RelocationField, IEnumerable<string>> names)
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            foreach (var name in Columns[column].IsInBackup && !IsProvided(child, Columns[column].Name) ? names(Columns[column]) : [])
            {
                Root.Add(name, column, column, NewNode);
            }
        }
    }

    private void AddRule(FieldRule rule)
    {
        Root.Add(rule.Name, Columns.Length + _rules.Count, rule.Column, NewNode);
        _rules.Add(rule);
    }

    private FieldNode NewNode(string path)
    {
        _nodes.Add(new FieldNode(_nodes.Count, path) { Object = path.Length == 0 ? -1 : Array.IndexOf(_objects, path[..^1]) });
        return _nodes[^1];
    }
}
