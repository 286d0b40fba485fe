using System.Data.Common;
using Relocation.Testing.Backups;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Importing;

/// <summary>Commits an import chunk by chunk, so that it can go on where it was interrupted.</summary>
internal sealed class ResumableCommits(
    Guid importId, ImportPlan plan, DatabaseEngine engine, ImportOptions options, BackupContent content, Problems problems, Patience patience)
    : ChunkedCommits(plan, engine, options, content, problems, patience)
{
    private readonly List<ImportedChunk> _pieces = [];
    private ResumableTransaction? _transaction;

    internal override bool LetOthersIn => true;

    internal override bool IsResumed => _transaction?.IsResumed == true;

    internal override DateTimeOffset? StartedAt => _transaction?.StartedAt;

    internal override (int Committed, int Resumed) Chunks => (Begun.Number + 1, Begun.FoundCommitted);

    protected override bool IsCommitting => base.IsCommitting || _transaction?.IsCommitting == true;

    protected override string PerhapsCommitted => Errors.PerhapsCommitted(Content.Name, Problems.CommittedChunks);

    private ResumableTransaction Begun => _transaction ?? throw new InvalidOperationException("The import has not begun.");

    internal override async Task<ImportTransaction> BeginAsync(
        DbConnection connection, DbTransaction? outer, IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        var fingerprint = ImportFingerprint.Of(Plan, Options);
        var entry = new LedgerEntry(
            await ImportFingerprint.OfAsync(Content, cancellationToken).ConfigureAwait(false),
            fingerprint.Hash,
            Options.Clock.GetUtcNow().ToUniversalTime(),
            Chunks: 0,
            IsComplete: false);
        var inner = await Engine.BeginChunkedImportAsync(connection, loads, Options.Prepare, Patience, cancellationToken).ConfigureAwait(false);
        try
        {
            inner.Stop = Options.Stop;
            return _transaction = await ResumableTransaction.BeginAsync(
                inner, Engine, Plan.Model.Name, importId, entry, fingerprint, Content.Name, cancellationToken).ConfigureAwait(false);
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
        Problems.CommittedChunks = Begun.Number;
        await Begun.CatchUpAsync(cancellationToken).ConfigureAwait(false);
    }
}
