namespace Relocation.Testing.Sentry.Tasks.Storage;

/// <summary>The names of a relocation's files (addendum, T-16). What upstream keeps for its remote builds has no use here.</summary>
internal sealed class RunFiles(RelocationTaskOptions options, Guid uuid)
{
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

    private string Extension => options.Encryptor is null ? ".json" : ".tar";

    /// <summary>The file that a relocation was begun with, which one that tries it again shares.</summary>
    internal static string Uploaded(Guid uuid) => $"files/{uuid:D}/raw-relocation-data.tar";

    /// <summary>What a run of the validation has found in one of its parts; each run has a folder of its own (addendum, T-27).</summary>
    internal string Findings(Guid buildId, string name) => $"{FindingsOf(buildId)}{name}.json";

    /// <summary>What the names of a run's findings begin with.</summary>
    internal string FindingsOf(Guid buildId) => $"{Folder}findings/{buildId:D}/";

    /// <summary>What a run of the validation has exported.</summary>
    internal string Output(Guid buildId, string name) => $"{Folder}out/{buildId:D}/{name}{Extension}";

    /// <summary>Opens the file as it was given.</summary>
    internal Task<StoredBackup> OpenRawAsync(CancellationToken cancellationToken) => StoredBackup.OpenRawAsync(options, Raw, cancellationToken);

    /// <summary>Opens an export that a task has made.</summary>
    internal Task<StoredBackup> OpenExportAsync(string name, CancellationToken cancellationToken) =>
        StoredBackup.OpenExportAsync(options, name, cancellationToken);

    /// <summary>Writes an export, encrypted where there is a key for it.</summary>
    internal Task WriteExportAsync(string name, Func<BackupDestination, CancellationToken, Task> export, CancellationToken cancellationToken) =>
        options.Storage.WriteAsync(
            name,
            (stream, cancellation) =>
            {
                var destination = BackupDestination.ToStream(stream, name);
                return export(options.Encryptor is { } encryptor ? destination.EncryptedWith(encryptor) : destination, cancellation);
            },
            cancellationToken);
}
