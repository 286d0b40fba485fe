using Relocation.Testing.Backups;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>The models of two backups.</summary>
internal sealed class ComparedModels
{
    private readonly Dictionary<ModelLabel, ComparedModel> _models = [];
    private readonly HashSet<ModelLabel> _joins;
    private readonly Dictionary<string, int> _paths = [];
    private readonly List<string> _names = [];

    internal ComparedModels(BackupIndex left, BackupIndex right, ComparisonOptions options, ComparatorMap map)
    {
        Folds = [.. LinkFold.Of(options.Model).Where(fold => CountOf(left, fold) != CountOf(right, fold) || (CountOf(left, fold) == 0 && fold.Reverse is not null))];
        _joins = [.. Folds.Select(fold => fold.Join.Label)];
        Labels = [.. left.Models.Concat(right.Models).Select(records => records.Label).Distinct()];
        foreach (var label in Labels)
        {
            var isNatural = IsNatural(left.Find(label)) || IsNatural(right.Find(label));
            _models.Add(label, new ComparedModel(label, options.Model, map, options.Limits.MaxDepth, isNatural));
        }
    }

    /// <summary>The models of both sides, in the order in which they come first.</summary>
    internal IReadOnlyList<ModelLabel> Labels { get; }

    /// <summary>The relations that both sides write in different ways, or may.</summary>
    internal IReadOnlyList<LinkFold> Folds { get; }

    internal ComparedModel this[ModelLabel label] => _models[label];

    /// <summary>Whether a model's records are links that are compared where their owner is.</summary>
    internal bool IsFolded(ModelLabel label) => _joins.Contains(label);

    /// <summary>The number of a field that holds references.</summary>
    internal int PathOf(string path)
    {
        if (!_paths.TryGetValue(path, out var number))
        {
            _paths.Add(path, number = _paths.Count);
            _names.Add(path);
        }

        return number;
    }

    /// <summary>The field of a number.</summary>
    internal string NameOf(int path) => _names[path];

    private static int CountOf(BackupIndex side, LinkFold fold) => side.Find(fold.Join.Label)?.Count ?? 0;

    private static bool IsNatural(ModelRecords? records)
    {
        if (records is null || records.Keys.IsInteger)
        {
            return false;
        }

        for (var rank = 0; rank < records.Count; rank++)
        {
            var key = records.Keys[rank];
            if (key.Kind == RecordKeyKind.Composite || (key.Kind == RecordKeyKind.Text && !Guid.TryParse(key.AsText(), out _)))
            {
                return true;
            }
        }

        return false;
    }
}
