using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Relocation.Testing;

/// <summary>Options of relocations.</summary>
public sealed record RelocationTaskOptions
{
    /// <summary>The model set: one of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>Where files are kept.</summary>
    public required RelocationStorage Storage { get; init; }

    /// <summary>
    /// Decrypts relocated files, and those that <see cref="Encryptor"/> has encrypted. Default: none, so that only plain JSON can be
    /// relocated.
    /// </summary>
    public BackupDecryptor? Decryptor { get; init; }

    /// <summary>
    /// Encrypts the two exports for the validation, which <see cref="Decryptor"/> must be able to read. Default: none; they are plain JSON
    /// in the storage.
    /// </summary>
    public BackupEncryptor? Encryptor { get; init; }

    /// <summary>Whether plain or compressed JSON is accepted instead of an encrypted tarball. Default: no, as in Sentry.</summary>
    public bool AllowPlainJson { get; init; }

    /// <summary>The limits of a relocation. Default: Sentry's.</summary>
    public RelocationLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether the import is committed chunk by chunk, as in Sentry. A failed relocation undoes what was committed. Default: no, the import
    /// is one transaction, of which a killed process leaves nothing.
    /// </summary>
    public bool IsResumable { get; init; }

    /// <summary>
    /// How files are imported. Relocations set version, flags, seed, clock, log, progress and <c>IsResumable</c> themselves, and ignore
    /// stops and preparations. Default: the defaults of <see cref="SentryImportOptions"/>.
    /// </summary>
    public SentryImportOptions Import { get; init; } = new();

    /// <summary>
    /// The source of the validation's scratch database, of either engine; the database is removed after each run. Default: <see
    /// cref="DatabaseEngine.TargetBeside"/>, in memory for SQLite, on the same server for PostgreSQL.
    /// </summary>
    public Func<DbConnection, DatabaseTarget>? ScratchTarget { get; init; }

    /// <summary>Where new relocations pause, from <see cref="RelocationStep.Preprocessing"/> to <see cref="RelocationStep.Notifying"/>. Default: nowhere.</summary>
    public RelocationStep? AutopauseAt { get; init; }

    /// <summary>
    /// Sends one message. It is called after the commit of what the message reports, and again later for messages for which it threw; a
    /// message may be sent twice if the process ends in between. Default: messages stay in their table.
    /// </summary>
    public Func<RelocationMessage, CancellationToken, Task>? Send { get; init; }

    /// <summary>
    /// Called for a relocation whose organizations have their owner, before they are shown. If it throws, the task is repeated. Default:
    /// none.
    /// </summary>
    public Func<Guid, CancellationToken, Task>? Relocated { get; init; }

    /// <summary>
    /// For tests: called before each attempt, with the task and the number of the attempt from 1; an exception that it returns is thrown
    /// instead of the attempt. Default: none.
    /// </summary>
    public Func<RelocationTaskName, int, Exception?>? FailAt { get; init; }

    /// <summary>
    /// Whether a run waits before it repeats a task: 60, 120, 240, then 480 seconds after an exception, 60 seconds between polls of a
    /// validation. Otherwise it continues at once. Default: yes.
    /// </summary>
    public bool WaitsBetweenAttempts { get; init; } = true;

    /// <summary>
    /// How long a runner holds a relocation without renewal. After that, or if its process has ended on this machine, another runner may
    /// take it over. Default: 15 minutes.
    /// </summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Receives the progress of a run. Default: none.</summary>
    public IProgress<RelocationProgress>? Progress { get; init; }

    /// <summary>Where attempts and failures with their causes are logged. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
