namespace Relocation.Testing.Exporting;

/// <summary>A file that takes its name when it is whole.</summary>
internal sealed class TargetFile : IAsyncDisposable
{
    private readonly string _path;
    private string? _temporary;

    private TargetFile(string path, string? temporary, FileStream stream)
    {
        _path = path;
        _temporary = temporary;
        Stream = stream;
    }

    internal FileStream Stream { get; }

    /// <exception cref="ExportException">The file cannot be made.</exception>
    internal static TargetFile Create(string path)
    {
        try
        {
            // A pipe or device has no whole and no half.
            if (File.Exists(path) && (File.GetAttributes(path) & (FileAttributes.Device | FileAttributes.ReparsePoint)) != 0)
            {
                return new TargetFile(path, null, new FileStream(path, FileMode.Open, FileAccess.Write));
            }

            var full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                throw new IOException("It is a folder.");
            }

            var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
            return new TargetFile(full, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Errors.DestinationUnwritable(path, exception);
        }
    }

    internal async Task CompleteAsync()
    {
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
            if (_temporary is not null)
            {
                File.Move(_temporary, _path, overwrite: true);
                _temporary = null;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.DestinationUnwritable(_path, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }
}
