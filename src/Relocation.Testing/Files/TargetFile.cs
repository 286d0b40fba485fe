using System.Collections.Concurrent;

namespace Relocation.Testing.Files;

/// <summary>
/// The one way in which files are written: whole or not at all. A symbolic link is followed, and the file that it leads to is replaced at the
/// end; until then a file beside that one is written. Devices and pipes have no whole and no half, so they are written to as they are.
/// </summary>
internal sealed class TargetFile : IAsyncDisposable
{
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;

    private static readonly ConcurrentDictionary<string, bool> Unfinished = new(StringComparer.Ordinal);

    private readonly string _name;
    private readonly string _path;
    private string? _temporary;

    private TargetFile(string name, string path, string? temporary, Stream stream)
    {
        _name = name;
        _path = path;
        _temporary = temporary;
        Stream = stream;
    }

    internal Stream Stream { get; }

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">Its path, as messages show it.</param>
    /// <param name="cancellationToken">Cancels waiting for a pipe's reader.</param>
    /// <exception cref="TargetFileException">It cannot be written; the message says why and what to do.</exception>
    internal static async Task<TargetFile> CreateAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var real = RealPath.Follow(path);
            var kind = real.IsDescriptor ? NodeKind.Other : FileNode.KindOf(real.Path);
            return kind switch
            {
                NodeKind.Folder => throw FileErrors.FileIsFolder(path),
                NodeKind.Other => new TargetFile(path, real.Path, null, await OpenNodeAsync(real, cancellationToken).ConfigureAwait(false)),
                _ => CreateBeside(path, real.Path, kind == NodeKind.File),
            };
        }
        catch (Exception exception) when (exception is not TargetFileException and (IOException or UnauthorizedAccessException or NotSupportedException))
        {
            throw FileErrors.FileUnwritable(path, exception);
        }
    }

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">Its path, as messages show it.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Cancels the writing; a file that is there is then as it was.</param>
    /// <exception cref="TargetFileException">It cannot be written; the message says why and what to do.</exception>
    internal static async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var file = await CreateAsync(path, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            try
            {
                await write(file.Stream, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.FileUnwritable(path, exception);
            }

            await file.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Finds out before long work whether a file can be written at its end. Nothing is changed.</summary>
    /// <exception cref="TargetFileException">It cannot be written; the message says why and what to do.</exception>
    internal static void Probe(string path)
    {
        try
        {
            var real = RealPath.Follow(path);
            var kind = real.IsDescriptor ? NodeKind.Other : FileNode.KindOf(real.Path);
            if (kind == NodeKind.Folder)
            {
                throw FileErrors.FileIsFolder(path);
            }

            if (kind is NodeKind.File or NodeKind.None)
            {
                var (temporary, stream) = MakeBeside(path, real.Path, kind == NodeKind.File);
                stream.Dispose();
                Remove(temporary);
            }
        }
        catch (Exception exception) when (exception is not TargetFileException and (IOException or UnauthorizedAccessException or NotSupportedException))
        {
            throw FileErrors.FileUnwritable(path, exception);
        }
    }

    /// <summary>Takes away what is not finished, for a process that ends before it could.</summary>
    internal static void RemoveUnfinished()
    {
        foreach (var path in Unfinished.Keys)
        {
            Remove(path);
        }
    }

    /// <summary>The file takes its name.</summary>
    /// <exception cref="TargetFileException">It cannot be written; the message says why and what to do.</exception>
    internal async Task CompleteAsync()
    {
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
            if (_temporary is { } temporary)
            {
                File.Move(temporary, _path, overwrite: true);
                Unfinished.TryRemove(temporary, out _);
                _temporary = null;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.FileUnwritable(_name, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What could not be written any more is given up here.
        }

        if (_temporary is { } temporary)
        {
            Remove(temporary);
            _temporary = null;
        }
    }

    private static TargetFile CreateBeside(string name, string path, bool exists)
    {
        var (temporary, stream) = MakeBeside(name, path, exists);
        return new TargetFile(name, path, temporary, stream);
    }

    private static (string Path, FileStream Stream) MakeBeside(string name, string path, bool exists)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            throw FileErrors.FolderMissing(name, folder);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        UnixFileMode? mode = null;
        if (exists)
        {
            // A file that nobody may write is not to be replaced either.
            using var permission = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode = File.GetUnixFileMode(path) & Permissions;
            }
        }

        // A name of its own: one that is made of the file's may be too long.
        var temporary = Path.Combine(folder, $".relocation-{Path.GetRandomFileName()}");
        Unfinished[temporary] = true;
        try
        {
            var stream = new FileStream(temporary, options);
            if (mode is { } kept && !OperatingSystem.IsWindows())
            {
                // The process's mask does not count for what was there before.
                File.SetUnixFileMode(stream.SafeFileHandle, kept);
            }

            return (temporary, stream);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static async Task<Stream> OpenNodeAsync(RealPath node, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            // An open file of the process goes on where it is; nothing that stands in it is written over.
            Mode = node.IsDescriptor && FileNode.KindOf(node.Path) == NodeKind.File ? FileMode.Append : FileMode.Open,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        return await CancellableStream.OpenAsync(node.Path, options, cancellationToken).ConfigureAwait(false);
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
            Unfinished.TryRemove(temporary, out _);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What made the writing end is the error that matters; the process tries again when it ends.
        }
    }
}
