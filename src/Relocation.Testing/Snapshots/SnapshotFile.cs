using System.Text;

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
    internal static async Task WriteAsync(
        string path, IEnumerable<ReadOnlyMemory<char>> chunks, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            var file = new StreamWriter(unfinished, append: false, Encoding);
            await using (file.ConfigureAwait(false))
            {
                foreach (var chunk in chunks)
                {
                    await file.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                }
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
