using System.Text;
using Relocation.Testing.Files;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Snapshots;

/// <summary>Snapshot files as Verify writes them: UTF-8 with its signature, <c>\n</c> as line ends, none at the end.</summary>
internal static class SnapshotFile
{
    internal static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    /// <summary>
    /// Whether a file holds that text; a missing signature, Windows line ends and line ends at the end are let pass.
    /// </summary>
    internal static async Task<bool> HoldsAsync(
        string path, IEnumerable<ReadOnlyMemory<char>> chunks, CancellationToken cancellationToken)
    {
        using var file = new StreamReader(path, Encoding);
        var approved = new LineEndReader(file);
        foreach (var chunk in chunks)
        {
            var rest = chunk;
            while (!rest.IsEmpty)
            {
                var block = await approved.PeekAsync(cancellationToken).ConfigureAwait(false);
                var length = Math.Min(rest.Length, block.Length);
                if (length == 0 || !block.Span[..length].SequenceEqual(rest.Span[..length]))
                {
                    return false;
                }

                approved.Take(length);
                rest = rest[length..];
            }
        }

        while (await approved.PeekAsync(cancellationToken).ConfigureAwait(false) is { IsEmpty: false } block)
        {
            if (block.Span.ContainsAnyExcept('\n'))
            {
                return false;
            }

            approved.Take(block.Length);
        }

        return true;
    }

    internal static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, Encoding, cancellationToken).ConfigureAwait(false);
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
    }

    /// <remarks>Tests of one snapshot may run beside each other, on two engines for example: each leaves a whole file.</remarks>
    /// <exception cref="TargetFileException">The file cannot be written.</exception>
    internal static Task WriteAsync(string path, IEnumerable<ReadOnlyMemory<char>> chunks, CancellationToken cancellationToken) =>
        TargetFile.WriteAsync(path, (stream, cancellation) => WriteAsync(stream, chunks, cancellation), cancellationToken);

    private static async Task WriteAsync(Stream stream, IEnumerable<ReadOnlyMemory<char>> chunks, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(stream, Encoding, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var chunk in chunks)
            {
                await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
