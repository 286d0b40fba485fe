using Relocation.Testing.Sentry.Tasks.Storage;

namespace Relocation.Testing;

/// <summary>Keeps the files of relocations: in a folder, or elsewhere by a class of the user's.</summary>
/// <remarks>
/// Names have parts between slashes, of letters, digits, dots, dashes and underscores, for example
/// <c>runs/3f2504e0-4f89-41d3-9a0c-0305e82c3301/in/raw-relocation-data.tar</c>. A file is there whole or not at all, and one that is written again
/// takes the place of the old one: that is what makes attempts repeatable.
/// </remarks>
public abstract class RelocationStorage
{
    /// <summary>Keeps files in a folder, which is made when the first file is written. Each is written beside its place and renamed over it.</summary>
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
    /// The file, which the caller closes; or null when there is none of that name. A stream that can seek is read in place, any other copied first.
    /// </returns>
    public abstract Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Writes a file, in place of one that is there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes the content to the stream that it is given. When it throws, what was there stays.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public abstract Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Lists the files whose names begin with a text.</summary>
    /// <param name="prefix">The text, for example <c>runs/3f2504e0-4f89-41d3-9a0c-0305e82c3301/</c>.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>Their names, in ordinal order.</returns>
    public abstract Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file; nothing happens when there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the deletion.</param>
    public abstract Task DeleteAsync(string name, CancellationToken cancellationToken = default);
}
