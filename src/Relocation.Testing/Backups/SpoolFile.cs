namespace Relocation.Testing.Backups;

/// <summary>Keeps what can be read only once, or only from the start, in a temporary file.</summary>
internal static class SpoolFile
{
    /// <summary>Copies a stream to a file that only the user may read and that is gone when it is closed.</summary>
    /// <param name="stream">The stream; read to its end.</param>
    /// <param name="name">The backup's name, for messages.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <exception cref="BackupFormatException">The stream cannot be read, or there is no room.</exception>
    internal static async ValueTask<ByteSource> CreateAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        FileStream? file = null;
        try
        {
            file = Create();
            await stream.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            return new FileSource(file);
        }
        catch (Exception exception)
        {
            if (file is not null)
            {
                await file.DisposeAsync().ConfigureAwait(false);
            }

            if (exception is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                throw BackupErrors.BackupUnreadable(name, exception);
            }

            throw;
        }
    }

    /// <summary>An empty file that only the user may read and that is gone when it is closed.</summary>
    internal static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), "relocation-" + Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            // The temporary folder is the user's own there.
            options.Options |= FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // An open file needs no name; without one, it goes even when the process is killed.
        File.Delete(path);
        return file;
    }
}
