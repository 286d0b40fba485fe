using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Relocation.Testing;

/// <summary>How relocations are carried out.</summary>
public sealed record RelocationTaskOptions
{
    /// <summary>The model set: one of <see cref="SentryModel.Versions"/>. Default: <see cref="SentryModel.Head"/>.</summary>
    public string Version { get; init; } = SentryModel.Head;

    /// <summary>Where files are kept.</summary>
    public required RelocationStorage Storage { get; init; }

    /// <summary>Decrypts relocated files, and those that <see cref="Encryptor"/> has encrypted. Default: nothing does, and only plain JSON could be run.</summary>
    public BackupDecryptor? Decryptor { get; init; }

    /// <summary>
    /// Encrypts the two exports that the validation needs, so that <see cref="Decryptor"/> can read them. Default: they are plain JSON in the storage,
    /// which they never leave.
    /// </summary>
    public BackupEncryptor? Encryptor { get; init; }

    /// <summary>Whether a file that is plain or compressed JSON, and no encrypted tarball, is taken. Default: no, as Sentry does not.</summary>
    public bool AllowPlainJson { get; init; }

    /// <summary>How much a relocation may hold. Default: as much as Sentry allows.</summary>
    public RelocationLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether the import is committed chunk by chunk, as Sentry's. What is committed is taken back when the relocation fails. Default: no, the
    /// import is one transaction, of which a killed process leaves nothing.
    /// </summary>
    public bool IsResumable { get; init; }

    /// <summary>
    /// How files are imported, as far as relocations do not decide it themselves: version, flags, seed, clock, log, progress and whether chunk by chunk
    /// are theirs, and stops and preparations are left out. Default: the defaults of <see cref="SentryImportOptions"/>.
    /// </summary>
    public SentryImportOptions Import { get; init; } = new();

    /// <summary>
    /// Where the validation's scratch database comes from; it is removed after each run, and may be of the other engine. Default: <see cref="DatabaseEngine.TargetBeside"/>, in memory
    /// for SQLite, on the same server for PostgreSQL.
    /// </summary>
    public Func<DbConnection, DatabaseTarget>? ScratchTarget { get; init; }

    /// <summary>Where new relocations pause, from <see cref="RelocationStep.Preprocessing"/> to <see cref="RelocationStep.Notifying"/>. Default: nowhere.</summary>
    public RelocationStep? AutopauseAt { get; init; }

    /// <summary>
    /// Sends one message. It is called after what the message tells of is committed, and again later for what it threw at; a message may so be
    /// sent twice where the process ends in between. Default: messages stay in their table.
    /// </summary>
    public Func<RelocationMessage, CancellationToken, Task>? Send { get; init; }

    /// <summary>
    /// Is told of a relocation whose organizations have their owner, before they are shown. When it throws, the task is tried again. Default:
    /// nobody is told.
    /// </summary>
    public Func<Guid, CancellationToken, Task>? Relocated { get; init; }

    /// <summary>
    /// For tests: is asked before each attempt, with the task and the attempt from 1; an exception that it returns is thrown in the attempt's
    /// place. Default: none.
    /// </summary>
    public Func<RelocationTaskName, int, Exception?>? FailAt { get; init; }

    /// <summary>
    /// Whether a run waits before it tries a task again: 60, 120, 240, then 480 seconds after an exception, 60 between looks at a validation. When
    /// not, it goes on at once. Default: yes.
    /// </summary>
    public bool WaitsBetweenAttempts { get; init; } = true;

    /// <summary>
    /// How long a runner may keep a relocation to itself without saying so again. After that, or when its process has ended on this machine,
    /// another may take it over. Default: 15 minutes.
    /// </summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Hears what a run is at. Default: none.</summary>
    public IProgress<RelocationProgress>? Progress { get; init; }

    /// <summary>Where attempts, failures and what led to them are logged. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
