using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing;

/// <summary>The storage of relocation files: a folder, or anything else in your own class.</summary>
/// <remarks>
/// Names consist of parts separated by slashes, of letters, digits, dots, dashes and underscores, for example
/// <c>runs/3f2504e0-4f89-41d3-9a0c-0305e82c3301/in/raw-relocation-data.tar</c>. A file exists as a whole or not at all, and one that is
/// written again replaces the old one, so that attempts can be repeated.
/// </remarks>
public abstract class RelocationStorage
{
    /// <summary>Keeps files in a folder, which is created with the first file. Each file is written beside its place and then renamed.</summary>
    /// <param name="folder">The folder's path.</param>
    public static RelocationStorage InFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new FolderStorage(folder);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>
    /// The file, which the caller closes, or null if it does not exist. A seekable stream is read in place, any other is copied first.
    /// </returns>
    public abstract Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Writes a file, replacing an existing one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes the content to the given stream. If it throws, an existing file stays.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public abstract Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Lists the files whose names begin with a text.</summary>
    /// <param name="prefix">The text, for example <c>runs/3f2504e0-4f89-41d3-9a0c-0305e82c3301/</c>.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>Their names, in ordinal order.</returns>
    public abstract Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file, if it exists.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the deletion.</param>
    public abstract Task DeleteAsync(string name, CancellationToken cancellationToken = default);
}
