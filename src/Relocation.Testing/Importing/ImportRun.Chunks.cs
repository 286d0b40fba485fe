using System.Data.Common;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing.Importing;

/// <content>Imports that are committed chunk by chunk.</content>
internal sealed partial class ImportRun
{
    private readonly List<ImportedChunk> _pieces = [];
    private readonly HashSet<KeyTable> _advanced = [];
    private ResumableTransaction? _resumable;

    /// <summary>Whether the chunk at hand was committed before, so that it is only read again.</summary>
    private bool IsReplaying => _resumable?.IsReplaying == true;

    /// <summary>Begins the import's transaction, or the first of those of a resumable one.</summary>
    private async Task<ImportTransaction> BeginAsync(
        DbConnection connection, DbTransaction? outer, IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        if (_options.ResumeId is not { } importId)
        {
            var whole = await _engine.BeginImportAsync(connection, outer, loads, _options.Prepare, _patience, cancellationToken).ConfigureAwait(false);
            whole.Stop = _options.Stop;
            return whole;
        }

        var fingerprint = ImportFingerprint.Of(_plan, _options);
        var entry = new LedgerEntry(
            await ImportFingerprint.OfAsync(_content, cancellationToken).ConfigureAwait(false),
            fingerprint.Hash,
            _options.Clock.GetUtcNow().ToUniversalTime(),
            Chunks: 0,
            IsComplete: false);
        var inner = await _engine.BeginChunkedImportAsync(connection, loads, _options.Prepare, _patience, cancellationToken).ConfigureAwait(false);
        try
        {
            inner.Stop = _options.Stop;
            _resumable = await ResumableTransaction.BeginAsync(
                inner, _engine, _plan.Model.Name, importId, entry, fingerprint, _content.Name, cancellationToken).ConfigureAwait(false);
            return _resumable;
        }
        catch
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Commits what was decided before the first row, and keeps others from the keys that were given out.</summary>
    private async Task EndPreparationAsync(
        List<KeyTable> written, ImportTransaction transaction, Settlement? settlement, CancellationToken cancellationToken)
    {
        if (_resumable is null)
        {
            return;
        }

        var settled = written.FindAll(table => settlement?.IsLate(table.Entity) != true);
        _advanced.UnionWith(settled);
        if (!IsReplaying)
        {
            await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);
            await AdvanceCountersAsync(settled, new RowNumbers(), transaction, cancellationToken).ConfigureAwait(false);
            _options.Stop?.AfterChunk();
        }

        await CommitChunkAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes that some records of a model have been handed over, and commits them where that may be.</summary>
    private async Task EndChunkAsync(
        ImportedChunk piece, bool mayCommit, RowSink sink, Settlement? settlement, CancellationToken cancellationToken)
    {
        if (_resumable is null)
        {
            if (mayCommit)
            {
                _options.Stop?.AfterChunk();
            }

            return;
        }

        _pieces.Add(piece);
        if (!mayCommit)
        {
            return;
        }

        await sink.ArriveAsync(_readers.Values, cancellationToken).ConfigureAwait(false);
        RefuseDrift();
        await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);
        await CountTriggeredAsync(sink, _resumable, cancellationToken).ConfigureAwait(false);
        if (!IsReplaying)
        {
            foreach (var written in settlement is null ? [] : _pieces)
            {
                await settlement!.EndChunkAsync(written, cancellationToken).ConfigureAwait(false);
            }

            await _problems.ThrowIfAnyAsync(_content, cancellationToken).ConfigureAwait(false);
            _options.Stop?.AfterChunk();
        }

        await CommitChunkAsync(_pieces[^1], cancellationToken).ConfigureAwait(false);
        _pieces.Clear();
        if (_fires)
        {
            await _resumable.BeginCountingAsync(cancellationToken).ConfigureAwait(false);
        }

        sink.Discards = IsReplaying;
    }

    private async Task CommitChunkAsync(ImportedChunk? chunk, CancellationToken cancellationToken)
    {
        try
        {
            await _resumable!.EndChunkAsync(chunk, cancellationToken).ConfigureAwait(false);
        }
        catch (RowRefusedException refusal)
        {
            await RefuseAsync(refusal, cancellationToken).ConfigureAwait(false);
        }

        _problems.CommittedChunks = _resumable!.Number;
        await _resumable.CatchUpAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what the database has refused when it checked foreign keys.</summary>
    private Task RefuseAsync(RowRefusedException refusal, CancellationToken cancellationToken)
    {
        _problems.Add(
            BackupProblemKind.RowRefused,
            ImportErrors.RowRefused(refusal.Table, refusal),
            new PlaceRequest(0, string.Empty, null, null),
            refusal.InnerException);
        return _problems.ThrowIfAnyAsync(_content, cancellationToken);
    }
}
