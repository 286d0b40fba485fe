namespace Relocation.Testing;

/// <summary>
/// What backups are in where they are stored, for example an archive or an encryption: <see cref="Backup.OpenedFrom"/>,
/// <see cref="BackupDestination.PutInto"/>. gzip needs none.
/// </summary>
/// <remarks>One envelope serves many backups, maybe at the same time.</remarks>
public abstract class BackupEnvelope
{
    /// <summary>What the names of files in this form end with, for example <c>.tar</c>.</summary>
    public abstract string Extension { get; }

    /// <summary>Opens the backup in what is stored.</summary>
    /// <param name="stored">What is stored. It can be sought, is read asynchronously, and is closed after the backup.</param>
    /// <param name="name">The backup's name, for messages.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The backup's bytes, which can be sought. The stream is read asynchronously, and closed after the backup.</returns>
    /// <exception cref="RelocationException">What is stored is of another form, is damaged, or is not for this reader.</exception>
    /// <exception cref="IOException">It cannot be read. The backup is refused by a <see cref="BackupFormatException"/> then.</exception>
    public abstract ValueTask<Stream> OpenAsync(Stream stored, string name, CancellationToken cancellationToken);

    /// <summary>Begins to store a backup.</summary>
    /// <param name="stored">Takes what is stored. It stays open.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A stream that takes the backup's JSON. It is closed at the end, completed or not.</returns>
    /// <exception cref="RelocationException">A backup cannot be stored.</exception>
    public abstract ValueTask<Stream> BeginAsync(Stream stored, CancellationToken cancellationToken);

    /// <summary>Completes what is stored; a backup that fails is never completed.</summary>
    /// <param name="content">What <see cref="BeginAsync"/> gave, which has taken the whole backup.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public abstract ValueTask CompleteAsync(Stream content, CancellationToken cancellationToken);
}
