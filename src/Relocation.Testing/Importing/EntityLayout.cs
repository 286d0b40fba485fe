namespace Relocation.Testing.Importing;

/// <summary>What one model's rows look like and where their values stand in records: worked out once for all imports.</summary>
internal sealed class EntityLayout
{
    private readonly List<FieldNode> _nodes = [];
    private readonly List<FieldRule> _rules = [];

    internal EntityLayout(RelocationEntity entity)
    {
        Columns = [.. entity.WrittenFields];
        KeyKinds = [.. Enumerable.Range(0, entity.Key.Fields.Count).Select(entity.Key.PartKind)];
        References = [.. entity.References.Select(reference => new ReferenceLayout(entity, reference, Columns))];
        Root = NewNode();
        AddNames(field => [field.Name]);
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

        AddNames(field => field.Aliases);
    }

    /// <summary>The columns of the rows: the key's, then the fields'.</summary>
    internal RelocationField[] Columns { get; }

    internal RecordKeyKind[] KeyKinds { get; }

    /// <summary>Where the model's references are in its rows.</summary>
    internal ReferenceLayout[] References { get; }

    /// <summary>The members of a record's fields.</summary>
    internal FieldNode Root { get; }

    /// <summary>Former names and dropped fields; members are numbered with these after the columns.</summary>
    internal IReadOnlyList<FieldRule> Rules => _rules;

    /// <summary>The column that a member's number stands for, or <see cref="FieldRule.Dropped"/>.</summary>
    internal int ColumnOf(int member) => member < Columns.Length ? member : _rules[member - Columns.Length].Column;

    /// <summary>Fresh guesses, one for each node.</summary>
    internal NameGuess[] NewGuesses() => [.. _nodes.Select(node => new NameGuess(node.NameCount))];

    private void AddNames(Func<RelocationField, IEnumerable<string>> names)
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            foreach (var name in Columns[column].IsInBackup ? names(Columns[column]) : [])
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

    private FieldNode NewNode()
    {
        _nodes.Add(new FieldNode(_nodes.Count));
        return _nodes[^1];
    }
}
