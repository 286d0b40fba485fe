using System.Runtime.CompilerServices;
using Relocation.Testing.Backups;
using Relocation.Testing.Files;

namespace Relocation.Testing;

/// <summary>A backup: a JSON array of records, each with a model, a primary key and fields (docs/sentry-import.md, section 1.2).</summary>
/// <remarks>
/// The text is UTF-8, with or without a byte-order mark, plain or compressed by gzip, which is told by its first bytes and
/// not by the name. Nothing is opened before the backup is used.
/// </remarks>
public sealed class Backup
{
    private readonly Func<CancellationToken, ValueTask<ByteSource>> _open;

    private Backup(string name, Func<CancellationToken, ValueTask<ByteSource>> open)
    {
        Name = name;
        _open = open;
    }

    /// <summary>The backup's name, as messages show it: for a file, its path as it was given.</summary>
    public string Name { get; }

    /// <summary>A backup in a file.</summary>
    /// <param name="path">
    /// The file's path. A relative one begins at the source file's folder; where there is no such file, at the project's folder, at the folder that the
    /// program runs from, or at the current folder. A pipe or device is read once, as <see cref="FromStream"/> does.
    /// </param>
    /// <param name="sourceFile">The source file that gives the path; the compiler gives it. Empty: the path begins at the current folder.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static Backup FromFile(string path, [CallerFilePath] string sourceFile = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(sourceFile);
        return new Backup(path, cancellationToken => FileSource.OpenAsync(
            sourceFile.Length == 0 ? path : SourceFolders.Find(path, sourceFile) ?? throw BackupErrors.BackupNotFound(path, SourceFolders.Of(sourceFile)),
            cancellationToken));
    }

    /// <summary>A backup in a stream, for example standard input.</summary>
    /// <remarks>
    /// The backup begins where the stream stands now. A stream that can seek is read in place, as often as needed. Any other is copied to a
    /// temporary file when it is first read, which only the user may read and which is gone afterwards; such a backup
    /// can be used once. The stream stays open.
    /// </remarks>
    /// <param name="stream">A stream that can be read.</param>
    /// <param name="name">The backup's name, as messages show it. Default: <c>stream</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be read.</exception>
    public static Backup FromStream(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read. Give one that is open for reading.", nameof(stream));
        }

        if (stream.CanSeek)
        {
            var origin = stream.Position;
            return new Backup(name, _ => ValueTask.FromResult<ByteSource>(new StreamSource(stream, origin)));
        }

        var wasRead = 0;
        return new Backup(name, cancellationToken => Interlocked.Exchange(ref wasRead, 1) == 0
            ? SpoolFile.CreateAsync(stream, name, cancellationToken)
            : throw BackupErrors.StreamWasRead(name))
        {
            CanBeReadAgain = false,
        };
    }

    /// <summary>A backup in a string.</summary>
    /// <param name="json">The backup's text.</param>
    /// <param name="name">The backup's name, as messages show it. Default: <c>json</c>.</param>
    public static Backup FromJson(string json, string name = "json")
    {
        ArgumentNullException.ThrowIfNull(json);
        return FromUtf8(System.Text.Encoding.UTF8.GetBytes(json), name);
    }

    /// <summary>A backup in memory.</summary>
    /// <param name="utf8">The backup's bytes. They must not change while the backup is in use.</param>
    /// <param name="name">The backup's name, as messages show it. Default: <c>json</c>.</param>
    public static Backup FromUtf8(ReadOnlyMemory<byte> utf8, string name = "json") =>
        new(name, _ => ValueTask.FromResult<ByteSource>(new MemorySource(utf8)));

    /// <summary>The backup that an envelope holds, where this one is the envelope as it is stored.</summary>
    /// <param name="envelope">Opens it when the backup is used, and refuses anything else with a <see cref="RelocationException"/>.</param>
    public Backup OpenedFrom(BackupEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new Backup(
            Name,
            async cancellationToken => await EnvelopedSource.OpenAsync(
                await _open(cancellationToken).ConfigureAwait(false), Name, envelope, cancellationToken).ConfigureAwait(false))
        {
            CanBeReadAgain = CanBeReadAgain,
        };
    }

    /// <summary>
    /// Reads the backup once, and hands some fields of some models' records on as they are. What is no backup is refused before any record is handed on.
    /// </summary>
    /// <param name="fields">The names of the wanted fields, by the models' labels.</param>
    /// <param name="read">Is called for each record of these models: one model after the other, and within a model in the backup's order.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BackupFormatException">The backup cannot be read.</exception>
    public Task ReadAsync(
        IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> fields, Action<RawRecord> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(read);
        return RawReading.RunAsync(this, fields, read, cancellationToken);
    }

    /// <summary>Whether the backup can be used more than once. Default: yes.</summary>
    internal bool CanBeReadAgain { get; private init; } = true;

    internal ValueTask<ByteSource> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);
}
