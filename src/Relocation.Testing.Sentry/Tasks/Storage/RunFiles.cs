namespace Relocation.Testing.Sentry.Tasks.Storage;

/// <summary>The names of a relocation's files (docs/tasks.md, Storage). Files of upstream's remote builds are not needed.</summary>
internal sealed class RunFiles(RelocationTaskOptions options, Guid uuid)
{
    private const string PlainEnd = ".json";
    private const string EncryptedEnd = ".tar";

    /// <summary>The prefix of all names.</summary>
    internal string Folder => $"runs/{uuid:D}/";

    /// <summary>The file as given, for the validation and the import.</summary>
    internal string Raw => $"{Folder}in/raw-relocation-data.tar";

    /// <summary>The wanted users' names that exist in this instance, separated by commas; empty for none.</summary>
    internal string FilterUsernames => $"{Folder}in/filter-usernames.txt";

    /// <summary>This instance's configuration.</summary>
    internal string BaselineConfig => $"{Folder}in/baseline-config{Extension}";

    /// <summary>The users of this instance with wanted names.</summary>
    internal string CollidingUsers => $"{Folder}in/colliding-users{Extension}";

    private string Extension => options.Encryptor is null ? PlainEnd : EncryptedEnd;

    /// <summary>The file that a relocation was started with, which a retried one shares.</summary>
    internal static string Uploaded(Guid uuid) => $"files/{uuid:D}/raw-relocation-data.tar";

    /// <summary>The findings of one part of a validation run; each run has a folder of its own (docs/tasks.md, The validation).</summary>
    internal string Findings(Guid buildId, string name) => $"{FindingsOf(buildId)}{name}.json";

    /// <summary>The prefix of the names of a run's findings.</summary>
    internal string FindingsOf(Guid buildId) => $"{Folder}findings/{buildId:D}/";

    /// <summary>An export of a validation run.</summary>
    internal string Output(Guid buildId, string name) => $"{Folder}out/{buildId:D}/{name}{Extension}";

    /// <summary>Opens the file as given. The scan has decided whether it may be plain, for all later runs.</summary>
    internal Task<StoredBackup> OpenRawAsync(CancellationToken cancellationToken) =>
        StoredBackup.OpenRawAsync(options, Raw, isPlainFine: true, cancellationToken);

    /// <summary>Opens a task's export in the form in which it was written: that run may have had a key and this one none.</summary>
    internal async Task<StoredBackup> OpenExportAsync(string name, CancellationToken cancellationToken) =>
        await StoredBackup.TryOpenExportAsync(options, name, IsPlain(name), cancellationToken).ConfigureAwait(false)
            ?? await StoredBackup.TryOpenExportAsync(options, OtherForm(name), IsPlain(OtherForm(name)), cancellationToken).ConfigureAwait(false)
            ?? throw Errors.FileOfTaskMissing(name);

    /// <summary>Whether a file exists, for an export in either form.</summary>
    internal bool IsAmong(IReadOnlyList<string> there, string name) =>
        there.Contains(name) || ((name == BaselineConfig || name == CollidingUsers) && there.Contains(OtherForm(name)));

    /// <summary>Writes an export, encrypted if there is a key. One in the other form, of an earlier run, is deleted.</summary>
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
