using System.Runtime.CompilerServices;

namespace Relocation.Testing.Importing;

/// <summary>
/// Decides which records are dropped because a reference leads nowhere, and whom that takes along, before any row is written.
/// </summary>
internal sealed class DropDecision(ImportContext context) : Decision
{
    private readonly Dictionary<(ModelLabel Model, int Rank), DropCause> _causes = [];
    private readonly Dictionary<(ModelLabel Model, int Rank), (ModelLabel Model, int Rank)> _next = [];
    private readonly Dictionary<(ModelLabel Model, int Rank), string> _rules = [];
    private List<BoundTable>? _bound;

    /// <summary>The dropped records.</summary>
    internal IEnumerable<RecordRank> Dropped => _causes.Count + _rules.Count == 0 ? []
        : _causes.Keys.Concat(_rules.Keys).Select(at => new RecordRank(at.Model, at.Rank));

    /// <summary>The references of a model whose records are dropped when they lead nowhere.</summary>
    internal static IEnumerable<RelocationReference> DroppingReferences(RelocationEntity entity, ImportOptions options) =>
        options.UnresolvedReferences != UnresolvedReferencePolicy.Drop && entity.References.All(reference => reference.OnUnresolved is null)
        ? []
        : entity.References.Where(reference =>
            (reference.OnUnresolved ?? options.UnresolvedReferences) == UnresolvedReferencePolicy.Drop);

    /// <summary>Looks at all references the first time; later at those of these models again, if rules have dropped records meanwhile.</summary>
    internal override Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        var bound = _bound is null ? _bound = Bind(tables) : _rules.Count == 0 ? [] : _bound.FindAll(model => tables.Contains(model.Table));

        // In plan order one round decides about everything but cycles; rounds go on until nothing changes.
        bool changed;
        do
        {
            changed = false;
            foreach (var (table, references, known) in bound)
            {
                changed |= DropUnresolved(table, references, known);
            }
        }
        while (changed);
        return Task.CompletedTask;
    }

    private List<BoundTable> Bind(IReadOnlyList<KeyTable> tables) =>
    [
        .. tables.Select(table => new BoundTable(
                table,
                [.. DroppingReferences(table.Entity, context.Options).Select(reference => new ReferenceBinding(
                    table.Entity, reference, context.Tables.Find(reference.Target), UnresolvedReferencePolicy.Drop))],
                context.Noted.Facts.GetValueOrDefault(table.Entity.Label)))
            .Where(model => model.References.Count > 0),
    ];

    /// <summary>Drops a record because a rule says so.</summary>
    internal void DropByRule(KeyTable table, int rank, string reason)
    {
        _rules[(table.Entity.Label, rank)] = reason;
        table.Exclude(rank, RecordState.Dropped);
    }

    /// <summary>What a rule said that dropped the record, or the one at the end of its chain; null when no rule did.</summary>
    internal string? RuleOf(ModelLabel model, int rank)
    {
        var at = (model, rank);
        while (_next.TryGetValue(at, out var next))
        {
            at = next;
        }

        return _rules.GetValueOrDefault(at);
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
            element.Rows, reference.Reference.Name, reference.Reference.Target, context.Problems.Shown(element.Key), reason);
        return reason == DropReason.Dropped ? [cause, .. ChainOf(reference.Target!.Entity.Label, rank)] : [cause];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DropUnresolved(KeyTable table, List<ReferenceBinding> references, FieldFacts? facts)
    {
        var changed = false;
        for (var rank = 0; rank < table.Count; rank++)
        {
            changed |= table.StateOf(rank) == RecordState.Taken && DropIfUnresolved(table, rank, references, facts);
        }

        return changed;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                        table.Entity.Label, reference.Reference.Name, reference.Reference.Target, context.Problems.Shown(key), reason));
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

    /// <summary>A model's records, the references that decide of them, and what these records hold.</summary>
    private sealed record BoundTable(KeyTable Table, List<ReferenceBinding> References, FieldFacts? Facts);
}
