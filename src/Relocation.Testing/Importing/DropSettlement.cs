namespace Relocation.Testing.Importing;

/// <summary>
/// Decides which records are dropped because a reference leads nowhere, and whom that takes along, before any row is written.
/// </summary>
internal sealed class DropSettlement
{
    private readonly Dictionary<(ModelLabel Model, int Rank), DropCause> _causes = [];
    private readonly Dictionary<(ModelLabel Model, int Rank), (ModelLabel Model, int Rank)> _next = [];
    private readonly KeyTables _tables;
    private readonly Problems _problems;

    internal DropSettlement(KeyTables tables, Problems problems)
    {
        _tables = tables;
        _problems = problems;
    }

    /// <summary>The key, unless it is text and values were not asked for.</summary>
    internal RecordKey? Shown(RecordKey key) => _problems.Shown(key);

    /// <summary>The dropped records: model and rank.</summary>
    internal IEnumerable<(ModelLabel Model, int Rank)> Dropped => _causes.Keys;

    /// <summary>The references of a model whose records are dropped when they lead nowhere.</summary>
    internal static IEnumerable<RelocationReference> DroppingReferences(RelocationEntity entity, ImportOptions options) =>
        entity.References.Where(reference =>
            (reference.OnUnresolved ?? options.UnresolvedReferences) == UnresolvedReferencePolicy.Drop);

    internal void Settle(ImportPlan plan, IReadOnlyDictionary<ModelLabel, FieldFacts> facts, ImportOptions options)
    {
        var bound = plan.Models
            .Where(planned => _tables[planned.Entity].Taken > 0)
            .Select(planned => (Table: _tables[planned.Entity], References: DroppingReferences(planned.Entity, options)
                .Select(reference => new ReferenceBinding(
                    planned.Entity, reference, _tables.Find(reference.Target), UnresolvedReferencePolicy.Drop))
                .ToList()))
            .Where(model => model.References.Count > 0)
            .ToList();

        // In plan order one round settles everything but cycles; rounds go on until nothing changes.
        bool changed;
        do
        {
            changed = false;
            foreach (var (table, references) in bound)
            {
                for (var rank = 0; rank < table.Count; rank++)
                {
                    changed |= table.StateOf(rank) == RecordState.Taken
                        && DropIfUnresolved(table, rank, references, facts.GetValueOrDefault(table.Entity.Label));
                }
            }
        }
        while (changed);
    }

    /// <summary>A dropped record's cause, then the cause of the record that this one misses, and so on.</summary>
    internal IReadOnlyList<DropCause> ChainOf(ModelLabel model, int rank)
    {
        var chain = new List<DropCause>();
        var at = (model, rank);
        while (_causes.TryGetValue(at, out var cause))
        {
            chain.Add(cause);
            if (!_next.TryGetValue(at, out at))
            {
                break;
            }
        }

        return chain;
    }

    /// <summary>The cause why an element was left out, then those of the record that it misses.</summary>
    internal IReadOnlyList<DropCause> ChainOf(DroppedElement element)
    {
        var reference = element.Reference;
        var reason = reference.Find(element.Key, out var rank) ?? DropReason.Absent;
        var cause = new DropCause(
            element.Rows, reference.Reference.Name, reference.Reference.Target, _problems.Shown(element.Key), reason);
        return reason == DropReason.Dropped ? [cause, .. ChainOf(reference.Target!.Entity.Label, rank)] : [cause];
    }

    private bool DropIfUnresolved(KeyTable table, int rank, List<ReferenceBinding> references, FieldFacts? facts)
    {
        foreach (var reference in references)
        {
            reference.ReadParts(table, rank, facts);
            if (reference.OldKey() is { } key && reference.Find(key, out var target) is { } reason)
            {
                _causes.Add(
                    (table.Entity.Label, rank),
                    new DropCause(
                        table.Entity.Label, reference.Reference.Name, reference.Reference.Target, _problems.Shown(key), reason));
                if (reason == DropReason.Dropped)
                {
                    _next.Add((table.Entity.Label, rank), (reference.Target!.Entity.Label, target));
                }

                table.Exclude(rank, RecordState.Dropped);
                return true;
            }
        }

        return false;
    }
}
