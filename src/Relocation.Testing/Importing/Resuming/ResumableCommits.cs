using Relocation.Testing.Importing.Results;
using System.Data.Common;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Writing;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>Commits an import chunk by chunk, so that it can go on where it was interrupted.</summary>
internal sealed class ResumableCommits(ImportSetup setup, Guid importId) : ChunkedCommits(setup)
{
    private readonly List<ImportedChunk> _pieces = [];
    private ResumableTransaction? _transaction;

    internal override bool LetOthersIn => true;

    internal override bool IsResumed => _transaction?.IsResumed == true;

    internal override DateTimeOffset? StartedAt => _transaction?.StartedAt;

    internal override (int Committed, int Resumed) Chunks => (Begun.Number + 1, Begun.FoundCommitted);

    protected override bool IsCommitting => base.IsCommitting || _transaction?.IsCommitting == true;

    protected override string PerhapsCommitted => FaultErrors.PerhapsCommitted(Setup.Content.Name, Setup.Problems.CommittedChunks);

    private ResumableTransaction Begun => _transaction ?? throw new InvalidOperationException("The import has not begun.");

    internal override async Task<ImportTransaction> BeginAsync(
        DbConnection connection, DbTransaction? outer, IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        var (plan, engine, options, content, patience) = Setup;
        var fingerprint = ImportFingerprint.Of(plan, options);
        var entry = new LedgerEntry(
            await ImportFingerprint.OfAsync(content, cancellationToken).ConfigureAwait(false),
            fingerprint.Hash,
            options.Clock.GetUtcNow().ToUniversalTime(),
            Chunks: 0,
            IsComplete: false);
        var inner = await engine.BeginChunkedImportAsync(connection, loads, options.Prepare, patience, cancellationToken).ConfigureAwait(false);
        try
        {
            inner.Stop = options.Stop;
            return _transaction = await ResumableTransaction.BeginAsync(
                inner, engine, plan.Model.Name, importId, entry, fingerprint, content.Name, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override Task CommitDecisionsAsync(CancellationToken cancellationToken) => CommitAsync(null, cancellationToken);

    protected override async Task EndAsync(ImportedChunk chunk, bool mayCommit, WritingPass pass, CancellationToken cancellationToken)
    {
        _pieces.Add(chunk);
        if (mayCommit)
        {
            await pass.ArriveAsync(_pieces, cancellationToken).ConfigureAwait(false);
            await CommitAsync(_pieces[^1], cancellationToken).ConfigureAwait(false);
            _pieces.Clear();
            await pass.GoOnAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(ImportedChunk? chunk, CancellationToken cancellationToken)
    {
        await Begun.EndChunkAsync(chunk, cancellationToken).ConfigureAwait(false);
        Setup.Problems.CommittedChunks = Begun.Number;
        await Begun.CatchUpAsync(cancellationToken).ConfigureAwait(false);
    }
}
