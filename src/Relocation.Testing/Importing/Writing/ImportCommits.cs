using Relocation.Testing.Importing.Results;
using System.Data.Common;
using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;

namespace Relocation.Testing.Importing.Writing;

/// <summary>How an import is committed: as a whole, at its end.</summary>
internal class ImportCommits(ImportSetup setup)
{
    /// <summary>Whether others may see, and add to, what the import writes before its end.</summary>
    internal virtual bool LetOthersIn => false;

    /// <summary>Whether an earlier attempt has begun the import.</summary>
    internal virtual bool IsResumed => false;

    /// <summary>The moment of the first attempt, or null while there was none before.</summary>
    internal virtual DateTimeOffset? StartedAt => null;

    /// <summary>How many chunks are committed when the import ends, and how many of these earlier attempts had committed.</summary>
    internal virtual (int Committed, int Resumed) Chunks => (0, 0);

    /// <summary>What has not been done when the database fails, and how things then stand.</summary>
    internal string WhatFailed => IsCommitting ? PerhapsCommitted : FaultErrors.NotImported(setup.Content.Name, setup.Problems.CommittedChunks);

    /// <summary>Whether a commit is under way: a connection that breaks now leaves open whether the database had begun it.</summary>
    protected virtual bool IsCommitting { get; private set; }

    protected virtual string PerhapsCommitted => FaultErrors.PerhapsImported(setup.Content.Name);

    protected ImportSetup Setup => setup;

    /// <summary>Begins the import's transaction, or the first one of several.</summary>
    internal virtual async Task<ImportTransaction> BeginAsync(
        DbConnection connection, DbTransaction? outer, IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        var transaction = await setup.Engine.BeginImportAsync(
            connection, outer, loads, setup.Options.Prepare, setup.Patience, cancellationToken).ConfigureAwait(false);
        transaction.Stop = setup.Options.Stop;
        return transaction;
    }

    /// <summary>Everything is decided that can be before the first row.</summary>
    internal virtual Task CommitDecisionsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The order in which records are going to be written is known.</summary>
    internal virtual void Arrange(IReadOnlyList<RecordRun> runs)
    {
    }

    /// <summary>How many records of a run make a chunk that <see cref="EndChunkAsync"/> ends.</summary>
    internal virtual int MostRecords(int run) => int.MaxValue;

    /// <summary>A chunk within a run has been read.</summary>
    internal virtual Task EndChunkAsync(ImportedChunk chunk, WritingPass pass, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A run has been read to its end; no chunk has ended yet with the last of its records.</summary>
    internal virtual Task EndRunAsync(int run, ImportedChunk last, WritingPass pass, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Commits the import, which checks what the database has deferred.</summary>
    internal async Task CommitAsync(ImportTransaction transaction, CancellationToken cancellationToken)
    {
        IsCommitting = true;
        try
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (KnownFaultException)
        {
            // Whoever gave up waiting for others has not committed.
            IsCommitting = false;
            throw;
        }
    }
}
