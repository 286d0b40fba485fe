using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Collisions;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>What is decided about the records of one import, in this order, before their rows are written.</summary>
internal sealed class Decisions(ImportContext context, ModelPolicies policies)
{
    private ModelByModel _late = new();

    internal FilterDecision Filters { get; } = new(context);

    internal DropDecision Drops { get; } = new(context);

    /// <summary>Decides what follows from the backup alone: which records are to be imported.</summary>
    internal Task DecideAsync(BackupIndex index, CancellationToken cancellationToken) => DecideAsync(
        [new TypeDecision(context, index), new AlternateKeyDecision(context), new ScopeDecision(context), Filters],
        context.Models,
        cancellationToken);

    /// <summary>Decides, with the database at hand, what becomes of these records; about models that wait, when their turn comes.</summary>
    internal Task DecideAsync(
        IReadOnlyList<KeyTable> tables, ImportTransaction transaction, ImportSession session, CancellationToken cancellationToken)
    {
        // Rules and policies see new keys, so these are handed out before; nothing that is decided later changes how they are counted.
        var keys = new NewKeyDecision(context, transaction);
        var rules = new RuleDecision(context, policies, Drops, session);
        var collisions = new CollisionDecision(context, policies, Drops, transaction);
        var standIns = new StandInDecision(context, transaction);
        var seeds = new SeedDecision(context, transaction);
        _late = new ModelByModel(keys, Drops, seeds, rules, collisions, standIns);
        return DecideAsync(
            [new DatabaseKeyDecision(context, transaction), Drops, keys, new ModelByModel(Drops, seeds, rules, collisions, standIns), Drops],
            tables,
            cancellationToken);
    }

    /// <summary>Whether a model waits for the rows of earlier ones.</summary>
    internal bool IsLate(KeyTable table) => policies.IsLate(table.Entity);

    /// <summary>Decides about a model that has waited; the rows before it are in the database.</summary>
    internal Task DecideLateAsync(KeyTable table, CancellationToken cancellationToken)
    {
        policies.WaitNoMore(table.Entity);
        return _late.DecideAsync([table], cancellationToken);
    }

    private async Task DecideAsync(IReadOnlyList<Decision> decisions, IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var decision in decisions)
        {
            await decision.DecideAsync(tables, cancellationToken).ConfigureAwait(false);
            await context.Problems.ThrowIfAnyAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
