namespace Relocation.Testing.Importing;

/// <summary>What one model's rows look like and where their values stand in records: worked out once for all imports.</summary>
internal sealed class EntityLayout
{
    private readonly List<FieldNode> _nodes = [];

    internal EntityLayout(RelocationEntity entity)
    {
        Columns = [.. entity.WrittenFields];
        KeyKinds = [.. Enumerable.Range(0, entity.Key.Fields.Count).Select(entity.Key.PartKind)];
        References = [.. entity.References.Select(reference => new ReferenceLayout(entity, reference, Columns))];
        Root = NewNode();
        for (var column = 0; column < Columns.Length; column++)
        {
            if (!Columns[column].IsInBackup)
            {
                continue;
            }

            Root.Add(Columns[column].Name, column, NewNode);
            foreach (var alias in Columns[column].Aliases)
            {
                Root.Add(alias, column, NewNode);
            }
        }
    }

    /// <summary>The columns of the rows: the key's, then the fields'.</summary>
    internal RelocationField[] Columns { get; }

    internal RecordKeyKind[] KeyKinds { get; }

    /// <summary>Where the model's references are in its rows.</summary>
    internal ReferenceLayout[] References { get; }

    /// <summary>The members of a record's fields.</summary>
    internal FieldNode Root { get; }

    /// <summary>Fresh guesses, one for each node.</summary>
    internal NameGuess[] NewGuesses() => [.. _nodes.Select(node => new NameGuess(node.NameCount))];

    private FieldNode NewNode()
    {
        _nodes.Add(new FieldNode(_nodes.Count));
        return _nodes[^1];
    }
}
