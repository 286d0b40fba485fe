namespace Relocation.Testing.Importing;

/// <summary>The records of all models during one import.</summary>
internal sealed class KeyTables
{
    private readonly Dictionary<ModelLabel, KeyTable> _byLabel = [];
    private readonly RelocationModel _model;

    internal KeyTables(RelocationModel model, Backups.BackupIndex index)
    {
        _model = model;
        foreach (var entity in model.Entities)
        {
            _byLabel.Add(entity.Label, new KeyTable(entity, index.Find(entity.Label)));
        }
    }

    /// <summary>The records of that model, or null when the model does not know the label.</summary>
    internal KeyTable? Find(ModelLabel label) => _model.Find(label) is { } entity ? _byLabel[entity.Label] : null;

    internal KeyTable this[RelocationEntity entity] => _byLabel[entity.Label];

    /// <summary>The new key of a record, the parts of a composed key followed through their references.</summary>
    internal RecordKey NewKey(KeyTable table, int rank)
    {
        if (table.Entity.Key.Policy != KeyPolicy.Compose)
        {
            return table.NewKey(rank);
        }

        var parts = table.Records.Keys[rank].Parts.ToArray();
        foreach (var reference in table.Entity.References)
        {
            var positions = reference.Fields.Select(name => PositionOf(table.Entity, name)).ToList();
            if (positions.Contains(-1) || Find(reference.Target) is not { } target)
            {
                continue;
            }

            var oldParts = positions.Select(at => table.Records.Keys[rank].Parts[at]).ToList();
            var old = oldParts.Count == 1 ? oldParts[0] : RecordKey.From(oldParts);
            if (target.TryFind(old, out var targetRank))
            {
                var found = NewKey(target, targetRank).Parts;
                for (var i = 0; i < positions.Count; i++)
                {
                    parts[positions[i]] = found[i];
                }
            }
        }

        return parts.Length == 1 ? parts[0] : RecordKey.From(parts);
    }

    internal static int PositionOf(RelocationEntity entity, string keyField)
    {
        for (var i = 0; i < entity.Key.Fields.Count; i++)
        {
            if (entity.Key.Fields[i].Name == keyField)
            {
                return i;
            }
        }

        return -1;
    }
}
