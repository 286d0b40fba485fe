using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>Asks the rules of a model one after the other, each about what is still to be inserted, chunk by chunk.</summary>
internal sealed class RuleDecision(ImportContext context, ModelPolicies policies, DropDecision drops, ImportSession session) : Decision
{
    internal override async Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            if (table is { Taken: > 0, Entity.Rules.Count: > 0 } && !policies.IsLate(table.Entity))
            {
                var undecided = new UndecidedRecords(table, context, drops);
                foreach (var rule in table.Entity.Rules.OfType<RecordRule>())
                {
                    await AskAsync(rule, undecided, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task AskAsync(RecordRule rule, UndecidedRecords undecided, CancellationToken cancellationToken)
    {
        for (var next = 0; Next(undecided, ref next) is { Count: > 0 } records;)
        {
            var chunk = new RecordChunk(session, undecided, records);
            await RuleCalls.RunAsync(rule, () => rule.DecideAsync(chunk, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>The next records that are still to be inserted, at most a chunk of them.</summary>
    private List<ChunkRecord> Next(UndecidedRecords undecided, ref int next)
    {
        var table = undecided.Table;
        var size = Math.Max(1, context.Options.ChunkSize);
        var records = new List<ChunkRecord>(Math.Min(size, table.Count - next));
        for (; next < table.Count && records.Count < size; next++)
        {
            if (table.StateOf(next) == RecordState.Taken)
            {
                records.Add(new ChunkRecord(undecided, next));
            }
        }

        return records;
    }
}
