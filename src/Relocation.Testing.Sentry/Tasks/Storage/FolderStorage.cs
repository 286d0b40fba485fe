using System.Buffers;

namespace Relocation.Testing.Sentry.Tasks.Storage;

/// <summary>Files in a folder. An unfinished file has a name that begins with a dot, and is not part of the storage.</summary>
internal sealed class FolderStorage(string folder) : RelocationStorage
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    public override Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        try
        {
            // A file that is written again replaces this one by renaming, which does not disturb its readers.
            return Task.FromResult<Stream?>(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous,
            }));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.StorageUnreadable(name, exception);
        }
    }

    public override async Task WriteAsync(
        string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var path = PathOf(name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.StorageUnwritable(name, exception);
        }

        try
        {
            await BackupDestination.ToFile(path).WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (ExportException exception) when (exception.InnerException is IOException or UnauthorizedAccessException)
        {
            throw Errors.StorageUnwritable(name, exception);
        }
    }

    public override Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var root = Path.GetFullPath(folder);
        var parent = prefix.LastIndexOf('/') is var slash && slash > 0 ? PathOf(prefix[..slash]) : root;
        try
        {
            IReadOnlyList<string> names = !Directory.Exists(parent) ? [] :
            [
                .. Directory.EnumerateFiles(parent, "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
                    .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && IsName(name))
                    .Order(StringComparer.Ordinal),
            ];
            return Task.FromResult(names);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.StorageUnreadable(prefix, exception);
        }
    }

    public override Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.StorageUnwritable(name, exception);
        }

        return Task.CompletedTask;
    }

    private static bool IsName(string name) =>
        name.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.AsSpan().ContainsAnyExcept(Characters));

    private string PathOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsName(name) ? Path.Combine([Path.GetFullPath(folder), .. name.Split('/')]) : throw Errors.StorageName(name, nameof(name));
    }
}
