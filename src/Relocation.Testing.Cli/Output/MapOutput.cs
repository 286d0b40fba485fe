using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Cli.Output;

/// <summary>Where an import's pk map goes, and what it is compared with.</summary>
internal sealed class MapOutput
{
    private readonly string? _target;

    /// <summary>Reads the command line's wishes.</summary>
    /// <param name="target">A file, <c>-</c> for standard output, or null for none.</param>
    /// <param name="approved">The approved file, or null for none.</param>
    /// <param name="options">The map's form.</param>
    internal MapOutput(string? target, string? approved, SnapshotOptions options)
    {
        _target = target is null ? null : OutputArgument.Read(target);
        Approved = approved;
        Options = options;
    }

    /// <summary>The file, or null if there is none.</summary>
    internal string? File => ToStandardOutput ? null : _target;

    internal bool ToStandardOutput => _target == OutputArgument.StandardOutput;

    /// <summary>Whether the command line says nothing of the map.</summary>
    internal bool IsUnwanted => _target is null && Approved is null;

    internal string? Approved { get; }

    internal SnapshotOptions Options { get; }

    /// <summary>Writes the file, as approved files are written.</summary>
    internal async Task WriteFileAsync(PrimaryKeyMap map, CancellationToken cancellationToken)
    {
        if (File is { } file)
        {
            await SnapshotFile.WriteAsync(file, SnapshotContent.Of(map, Options).Chunks(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the map and a line end.</summary>
    internal async Task WriteToAsync(TextWriter writer, PrimaryKeyMap map)
    {
        await map.WriteSnapshotAsync(writer, Options).ConfigureAwait(false);
        await writer.WriteLineAsync().ConfigureAwait(false);
    }

    /// <summary>Compares the map with the approved one.</summary>
    /// <returns>The difference, or null if there is none.</returns>
    internal async Task<SnapshotMismatchException?> CompareAsync(PrimaryKeyMap map, CancellationToken cancellationToken) =>
        Approved is null
            ? null
            : await CompareAsync(SnapshotContent.Of(map, Options), Approved, Options, cancellationToken).ConfigureAwait(false);

    /// <summary>Compares anything with an approved file.</summary>
    /// <returns>The difference, or null if there is none.</returns>
    internal static async Task<SnapshotMismatchException?> CompareAsync(
        SnapshotContent content, string approved, SnapshotOptions options, CancellationToken cancellationToken)
    {
        // Without a repository around the approved file, a build server's artifacts belong to where the command runs.
        var environment = SnapshotEnvironment.Current() with { BaseFolder = Environment.CurrentDirectory };
        try
        {
            await ApprovedSnapshot.CheckFileAsync(content, approved, options, environment, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (SnapshotMismatchException mismatch)
        {
            return mismatch;
        }
    }
}
