using System.IO.Compression;
using Relocation.Testing.Generating;

namespace Relocation.Testing;

/// <summary>A backup of invented records that fits a model: references resolve, uniques and lengths hold.</summary>
/// <remarks>
/// Every value follows from the seed, the model's label, the field's name and the record's number alone. A new field, a new
/// model or more records leave all other values as they were, but for references, which spread over the records there are.
/// Keys are worked out instead of being remembered, so memory does not grow with the number of records. SQL checks hold: what they
/// say of a single column with a value is read, and for the rest values are drawn until a SQLite database in memory finds them true.
/// Models with checks that it does not know, or for which such values are not found, are <see cref="LeftOut"/>;
/// <see cref="SyntheticBackupOptions.Values"/> gives values for them.
/// </remarks>
public sealed class SyntheticBackup
{
    private const int FlushBytes = 128 * 1024;

    private readonly SyntheticBackupOptions _options;
    private readonly IReadOnlyList<ModelGenerator> _generators;

    private SyntheticBackup(SyntheticBackupOptions options, IReadOnlyList<ModelGenerator> generators, IReadOnlyList<string> leftOut)
    {
        _options = options;
        _generators = generators;
        LeftOut = leftOut;
        Counts = generators.ToDictionary(generator => generator.Entity.Label, generator => generator.Count);
    }

    /// <summary>How many records each model gets: fewer than asked for where its key or a unique set allows no more.</summary>
    public IReadOnlyDictionary<ModelLabel, long> Counts { get; }

    /// <summary>
    /// What the backup does not hold because it cannot be generated, a sentence for each reason with the model's label and what would
    /// help: models, objects that records own, and models that require one that is left out. Empty if there is none.
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Prepares a backup for a model; nothing is generated yet.</summary>
    /// <param name="model">What the records must fit.</param>
    /// <param name="options">How many and from which seed, or null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The options name a label or a field that the model does not have or contradict one another, or a model demands what cannot be
    /// generated, and either <see cref="SyntheticBackupOptions.Records"/> asks for it or nothing is left without it. All problems are
    /// listed.
    /// </exception>
    public static SyntheticBackup For(RelocationModel model, SyntheticBackupOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new SyntheticBackupOptions();
        var (generators, leftOut) = GenerationPlan.Make(model, options);
        return new SyntheticBackup(options, generators, leftOut);
    }

    /// <summary>Writes the backup as UTF-8 JSON, a record a line.</summary>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing early.</param>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new RecordWriter(_options.Locale);
        var written = 0L;
        foreach (var generator in _generators)
        {
            for (var number = 0L; number < generator.Count; number++)
            {
                writer.Write(generator, number);
                written++;
                if (writer.Written.Length >= FlushBytes)
                {
                    await stream.WriteAsync(writer.Written, cancellationToken).ConfigureAwait(false);
                    writer.Forget();
                    _options.Progress?.Report(written);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }

        writer.End();
        await stream.WriteAsync(writer.Written, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the backup to a file, compressed by gzip when its name ends with <c>.gz</c>.</summary>
    /// <param name="path">The file's path. The file appears, or is replaced, whole or not at all; see <see cref="BackupDestination.ToFile"/>.</param>
    /// <param name="cancellationToken">Ends the writing early; no file is left, and one that was there is as it was.</param>
    /// <exception cref="ExportException">The file cannot be written.</exception>
    public Task WriteFileAsync(string path, CancellationToken cancellationToken = default) => BackupDestination.ToFile(path).WriteAsync(
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? WriteCompressedAsync : WriteAsync, cancellationToken);

    /// <summary>Writes the backup compressed by gzip.</summary>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing early.</param>
    public async Task WriteCompressedAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        var compressed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await using (compressed.ConfigureAwait(false))
        {
            await WriteAsync(compressed, cancellationToken).ConfigureAwait(false);
        }
    }
}
