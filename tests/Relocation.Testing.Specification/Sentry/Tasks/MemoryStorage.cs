using System.Collections.Concurrent;
using System.IO.Compression;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>Files in memory, and faults where a test wants some.</summary>
internal sealed class MemoryStorage : RelocationStorage
{
    internal ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Is asked before each use of a file; an exception that it returns is thrown.</summary>
    internal Func<string, Exception?>? Fault { get; set; }

    /// <summary>Whether readers can go back in files. Default: yes.</summary>
    internal bool IsSeekable { get; set; } = true;

    /// <summary>A file as text.</summary>
    internal string Text(string name) => System.Text.Encoding.UTF8.GetString(Files[name]);

    public override Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        ThrowIfAsked(name);
        return Task.FromResult(Files.TryGetValue(name, out var bytes) ? Open(bytes) : null);
    }

    public override async Task WriteAsync(
        string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        ThrowIfAsked(name);
        using var stream = new MemoryStream();
        await write(stream, cancellationToken);
        Files[name] = stream.ToArray();
    }

    public override Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([.. Files.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);

    public override Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        Files.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    /// <summary>What is sent through compression is read once, from its start to its end.</summary>
    private Stream Open(byte[] bytes)
    {
        if (IsSeekable)
        {
            return new MemoryStream(bytes, writable: false);
        }

        var compressed = new MemoryStream();
        using (var writer = new DeflateStream(compressed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            writer.Write(bytes);
        }

        compressed.Position = 0;
        return new DeflateStream(compressed, CompressionMode.Decompress);
    }

    private void ThrowIfAsked(string name)
    {
        if (Fault?.Invoke(name) is { } fault)
        {
            throw fault;
        }
    }
}
