using Relocation.Testing.Planning;

namespace Relocation.Testing.Exporting;

/// <summary>Keeps the keys of exported records that others may refer to, and says which references have to be looked at.</summary>
internal sealed class ReferenceSettlement
{
    private readonly ImportPlan _plan;
    private readonly ExportOptions _options;
    private readonly bool _isSelective;
    private readonly Dictionary<(ModelLabel Model, string Fields), KeySet> _sets = [];
    private readonly ReferenceSettlement? _before;

    /// <param name="plan">The order of models.</param>
    /// <param name="options">What the export takes.</param>
    /// <param name="before">What was exported in the round before, for references to records that come later; or null.</param>
    internal ReferenceSettlement(ImportPlan plan, ExportOptions options, ReferenceSettlement? before = null)
    {
        _plan = plan;
        _options = options;
        _before = before;
        _isSelective = options.IsSelective(plan.Model);
        foreach (var entity in plan.Models.Select(planned => planned.Entity))
        {
            foreach (var reference in entity.AllReferences().Where(reference => IsChecked(entity, reference)))
            {
                if (plan.Model.Find(reference.Target) is { } target)
                {
                    _sets.TryAdd((target.Label, string.Join('+', reference.TargetFields)), new KeySet());
                    LooksAhead |= IsAhead(entity, target);
                }
            }

            if (options.Rules.Count > 0)
            {
                _sets.TryAdd((entity.Label, string.Empty), new KeySet());
            }
        }
    }

    /// <summary>Whether a reference leads to a record that comes later, so that all have to be read before the first is written.</summary>
    internal bool LooksAhead { get; }

    /// <summary>Whether this round exports as many records as the one before.</summary>
    internal bool IsStable => _before is not null && _sets.All(set => _before._sets[set.Key].Count == set.Value.Count);

    internal bool IsExported(RelocationEntity entity, RecordKey key) =>
        _sets.TryGetValue((entity.Label, string.Empty), out var keys) && keys.Contains(key);

    /// <summary>The keys to note of a model's records: the columns that hold them, and where they are noted.</summary>
    internal IReadOnlyList<(int[] Columns, KeySet Keys)> NotedOf(RelocationEntity entity, EntityLayout layout) =>
    [
        .. _sets.Where(set => set.Key.Model == entity.Label).Select(set => (
            set.Key.Fields.Length == 0
                ? Enumerable.Range(0, layout.KeyKinds.Length).ToArray()
                : [.. set.Key.Fields.Split('+').Select(name => Array.FindIndex(layout.Columns, column => column.Name == name))],
            set.Value)),
    ];

    internal ReferenceCheck Of(RelocationEntity entity, RowShape shape) => Of(entity, shape.Layout, shape.Places);

    internal ReferenceCheck Of(RelocationEntity owner, ChildGroup child) => Of(owner, child.Layout.Rows, child.Members.Places);

    private ReferenceCheck Of(RelocationEntity owner, EntityLayout layout, int[] places) => new(
        layout.Columns,
        places,
        [
            .. layout.References.Where(reference => IsChecked(owner, reference.Reference) && !reference.Columns.Contains(-1))
                .Select(reference => new CheckedReference(
                    reference.Columns, TargetsOf(owner, reference.Reference), $"needs {reference.Reference.Target} by {reference.Reference.Name}")),
        ]);

    private KeySet? TargetsOf(RelocationEntity owner, RelocationReference reference)
    {
        if (_plan.Model.Find(reference.Target) is not { } target)
        {
            return new KeySet();
        }

        var set = (target.Label, string.Join('+', reference.TargetFields));
        return IsAhead(owner, target) ? _before?._sets[set] : _sets[set];
    }

    private bool IsAhead(RelocationEntity entity, RelocationEntity target) => _plan.Find(entity.Label)!.Rank <= _plan.Find(target.Label)!.Rank;

    /// <summary>What the database enforces holds where nothing is left out.</summary>
    private bool IsChecked(RelocationEntity entity, RelocationReference reference) =>
        (_isSelective || !reference.HasConstraint || _plan.Model.Find(reference.Target) is null)
        && _options.PolicyOf(entity, reference) == UnexportedReferencePolicy.LeaveOut;
}
