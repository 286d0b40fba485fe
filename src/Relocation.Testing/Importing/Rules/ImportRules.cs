using Relocation.Testing.Importing.Results;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Rules;

/// <summary>The rules that take part in an import as a whole; what a resumed import does again in memory only, they are not told of again.</summary>
internal sealed class ImportRules(IReadOnlyList<ImportRule> rules, ImportSession session, ImportTransaction transaction)
{
    internal bool Any => rules.Count > 0;

    /// <param name="isResumed">Whether an earlier attempt has begun the import.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal async Task BeginAsync(bool isResumed, CancellationToken cancellationToken)
    {
        if (Any)
        {
            transaction.CheckAllTables();
            await RunAsync(rule => isResumed ? rule.ResumeAsync(session, cancellationToken) : rule.BeforeFirstRowAsync(session, cancellationToken))
                .ConfigureAwait(false);
            await transaction.ReadMarksAgainAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal async Task AfterChunksAsync(IReadOnlyList<ImportedChunk> chunks, CancellationToken cancellationToken)
    {
        foreach (var chunk in transaction.IsReplaying ? [] : chunks)
        {
            await RunAsync(rule => rule.AfterChunkAsync(session, chunk.Model, chunk.FirstOrdinal, chunk.LastOrdinal, cancellationToken)).ConfigureAwait(false);
        }
    }

    internal Task AfterLastRowAsync(CancellationToken cancellationToken) =>
        transaction.IsReplaying ? Task.CompletedTask : RunAsync(rule => rule.AfterLastRowAsync(session, cancellationToken));

    private async Task RunAsync(Func<ImportRule, Task> call)
    {
        foreach (var rule in rules)
        {
            await RuleCalls.RunAsync(rule, () => call(rule)).ConfigureAwait(false);
        }
    }
}
