using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>
/// Decides which records are dropped because a reference leads nowhere, and whom that takes along, before any row is written.
/// </summary>
internal sealed class DropDecision(ImportContext context) : Decision
{
    private readonly Dictionary<RecordRank, Drop> _drops = [];
    private bool _hasRules;
    private List<BoundTable>? _bound;

    /// <summary>The dropped records.</summary>
    internal IReadOnlyCollection<RecordRank> Dropped => _drops.Keys;

    /// <summary>Looks at all references the first time; later at those of these models again, if rules have dropped records meanwhile.</summary>
    internal override Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        var bound = _bound is null ? _bound = Bind(tables) : !_hasRules ? [] : _bound.FindAll(model => tables.Contains(model.Table));

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
                [.. NeededReferences.OfDrops(table.Entity, context.Options).Select(reference => new ReferenceState(
                    table.Entity, reference, context.Tables.Find(reference.Target), UnresolvedReferencePolicy.Drop))],
                context.Noted.Facts.GetValueOrDefault(table.Entity.Label)))
            .Where(model => model.References.Count > 0),
    ];

    /// <summary>Drops a record because a rule says so.</summary>
    internal void DropByRule(KeyTable table, int rank, string reason)
    {
        _hasRules = true;
        _drops[new RecordRank(table.Entity.Label, rank)] = new Drop(null, null, reason);
        table.Exclude(rank, RecordState.Dropped);
    }

    /// <summary>What a rule said that dropped the record, or the one at the end of its chain; null when no rule did.</summary>
    internal string? RuleOf(RecordRank record) => Chain(record).Last().Rule;

    /// <summary>A dropped record's cause, then the cause of the record that this one misses, and so on.</summary>
    internal IReadOnlyList<DropCause> ChainOf(RecordRank record) => [.. Chain(record).Select(drop => drop.Cause).OfType<DropCause>()];

    private IEnumerable<Drop> Chain(RecordRank? record)
    {
        while (record is not null && _drops.TryGetValue(record, out var drop))
        {
            yield return drop;
            record = drop.Missed;
        }
    }

    /// <summary>The cause why an element was left out, then those of the record that it misses.</summary>
    internal IReadOnlyList<DropCause> ChainOf(DroppedElement element)
    {
        var reference = element.Reference;
        var reason = reference.Find(element.Key, out var rank) ?? DropReason.Absent;
        var cause = new DropCause(
            element.Rows, reference.Reference.Name, reference.Reference.Target, context.Problems.Shown(element.Key), reason);
        return reason == DropReason.Dropped ? [cause, .. ChainOf(new RecordRank(reference.Target!.Entity.Label, rank))] : [cause];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DropUnresolved(KeyTable table, List<ReferenceState> references, FieldFacts? facts)
    {
        var changed = false;
        for (var rank = 0; rank < table.Count; rank++)
        {
            changed |= table.StateOf(rank) == RecordState.Taken && DropIfUnresolved(table, rank, references, facts);
        }

        return changed;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DropIfUnresolved(KeyTable table, int rank, List<ReferenceState> references, FieldFacts? facts)
    {
        foreach (var reference in references)
        {
            reference.ReadParts(table, rank, facts);
            if (reference.OldKey() is { } key && reference.Find(key, out var target) is { } reason)
            {
                var cause = new DropCause(
                    table.Entity.Label, reference.Reference.Name, reference.Reference.Target, context.Problems.Shown(key), reason);
                var missed = reason == DropReason.Dropped ? new RecordRank(reference.Target!.Entity.Label, target) : null;
                _drops[new RecordRank(table.Entity.Label, rank)] = new Drop(cause, missed, null);
                table.Exclude(rank, RecordState.Dropped);
                return true;
            }
        }

        return false;
    }

    /// <summary>Why a record is dropped: for a reference, and the dropped record that this leads to if it does; or by a rule.</summary>
    private sealed record Drop(DropCause? Cause, RecordRank? Missed, string? Rule);

    /// <summary>A model's records, the references that decide of them, and what these records hold.</summary>
    private sealed record BoundTable(KeyTable Table, List<ReferenceState> References, FieldFacts? Facts);
}
