namespace Relocation.Testing.Sentry.Tasks.Storage;

/// <summary>The names of a relocation's files (docs/tasks.md, Storage). What upstream keeps for its remote builds has no use here.</summary>
internal sealed class RunFiles(RelocationTaskOptions options, Guid uuid)
{
    private const string PlainEnd = ".json";
    private const string EncryptedEnd = ".tar";

    /// <summary>What all names begin with.</summary>
    internal string Folder => $"runs/{uuid:D}/";

    /// <summary>The file as it was given, where the validation and the import read it.</summary>
    internal string Raw => $"{Folder}in/raw-relocation-data.tar";

    /// <summary>Those of the wanted users' names that this instance has, separated by commas; empty for none.</summary>
    internal string FilterUsernames => $"{Folder}in/filter-usernames.txt";

    /// <summary>What configures this instance.</summary>
    internal string BaselineConfig => $"{Folder}in/baseline-config{Extension}";

    /// <summary>The users of this instance whose names wanted users have.</summary>
    internal string CollidingUsers => $"{Folder}in/colliding-users{Extension}";

    private string Extension => options.Encryptor is null ? PlainEnd : EncryptedEnd;

    /// <summary>The file that a relocation was begun with, which one that tries it again shares.</summary>
    internal static string Uploaded(Guid uuid) => $"files/{uuid:D}/raw-relocation-data.tar";

    /// <summary>
    /// What a run of the validation has found in one of its parts; each run has a folder of its own (docs/tasks.md, The validation).
    /// </summary>
    internal string Findings(Guid buildId, string name) => $"{FindingsOf(buildId)}{name}.json";

    /// <summary>What the names of a run's findings begin with.</summary>
    internal string FindingsOf(Guid buildId) => $"{Folder}findings/{buildId:D}/";

    /// <summary>What a run of the validation has exported.</summary>
    internal string Output(Guid buildId, string name) => $"{Folder}out/{buildId:D}/{name}{Extension}";

    /// <summary>Opens the file as it was given. The scan has decided whether it may be plain; a later run need not be told again.</summary>
    internal Task<StoredBackup> OpenRawAsync(CancellationToken cancellationToken) =>
        StoredBackup.OpenRawAsync(options, Raw, isPlainFine: true, cancellationToken);

    /// <summary>Opens an export that a task has made, in the form that it was made in: the run that made it may have had a key where this one has none.</summary>
    internal async Task<StoredBackup> OpenExportAsync(string name, CancellationToken cancellationToken) =>
        await StoredBackup.TryOpenExportAsync(options, name, IsPlain(name), cancellationToken).ConfigureAwait(false)
            ?? await StoredBackup.TryOpenExportAsync(options, OtherForm(name), IsPlain(OtherForm(name)), cancellationToken).ConfigureAwait(false)
            ?? throw Errors.FileOfTaskMissing(name);

    /// <summary>Whether a file is among those that there are; an export in either form.</summary>
    internal bool IsAmong(IReadOnlyList<string> there, string name) =>
        there.Contains(name) || ((name == BaselineConfig || name == CollidingUsers) && there.Contains(OtherForm(name)));

    /// <summary>Writes an export, encrypted where there is a key for it. One in the other form, of an earlier run, goes.</summary>
    internal async Task WriteExportAsync(string name, Func<BackupDestination, CancellationToken, Task> export, CancellationToken cancellationToken)
    {
        await options.Storage.WriteAsync(
            name,
            (stream, cancellation) =>
            {
                var destination = BackupDestination.ToStream(stream, name);
                return export(options.Encryptor is { } encryptor ? destination.EncryptedWith(encryptor) : destination, cancellation);
            },
            cancellationToken).ConfigureAwait(false);
        await options.Storage.DeleteAsync(OtherForm(name), cancellationToken).ConfigureAwait(false);
    }

    private static bool IsPlain(string name) => name.EndsWith(PlainEnd, StringComparison.Ordinal);

    private static string OtherForm(string name) => IsPlain(name) ? name[..^PlainEnd.Length] + EncryptedEnd : name[..^EncryptedEnd.Length] + PlainEnd;
}
