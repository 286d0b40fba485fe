using Relocation.Testing.Files;

namespace Relocation.Testing.Backups;

/// <summary>An open file. It is the same file for both passes, even when another takes its name meanwhile.</summary>
internal sealed class FileSource : ByteSource
{
    private readonly FileStream _file;
    private readonly DateTime _lastWrite;

    internal FileSource(FileStream file)
    {
        _file = file;
        Length = file.Length;
        _lastWrite = File.GetLastWriteTimeUtc(file.SafeFileHandle);
    }

    internal override long Length { get; }

    /// <summary>Opens a file, or spools what has its name but is a pipe.</summary>
    /// <exception cref="BackupFormatException">There is no such file, or it cannot be read.</exception>
    internal static async ValueTask<ByteSource> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw BackupErrors.BackupIsDirectory(path);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            // Others may go on with the file; when they change it, that is noticed.
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        try
        {
            if (FileNode.KindOf(path) != NodeKind.Other)
            {
                return new FileSource(new FileStream(path, options));
            }

            var pipe = await CancellableStream.OpenAsync(path, options, cancellationToken).ConfigureAwait(false);
            await using (pipe.ConfigureAwait(false))
            {
                return await SpoolFile.CreateAsync(pipe, path, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw BackupErrors.BackupNotFound(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw BackupErrors.BackupUnreadable(path, exception);
        }
    }

    /// <remarks>
    /// Read on the caller's thread: on Unix an asynchronous read is a synchronous one on another thread, and each change of threads
    /// costs more than most reads.
    /// </remarks>
    internal override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(RandomAccess.Read(_file.SafeFileHandle, buffer.Span, offset));
    }

    internal override bool IsUnchanged() =>
        RandomAccess.GetLength(_file.SafeFileHandle) == Length && File.GetLastWriteTimeUtc(_file.SafeFileHandle) == _lastWrite;

    protected override ValueTask CloseAsync() => _file.DisposeAsync();
}
