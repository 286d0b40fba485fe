using Relocation.Testing.Hostile;
using Relocation.Testing.Requests;

namespace Relocation.Testing;

/// <summary>A backup with one defect, made from a valid one, so that tests can assert what becomes of it.</summary>
public sealed class HostileBackup
{
    internal HostileBackup(string name, HostileDefect defect, string description, ReadOnlyMemory<byte> content)
    {
        Name = name;
        Defect = defect;
        Description = description;
        Content = content;
    }

    /// <summary>A name for the defect and its place, fit for a test's name.</summary>
    public string Name { get; }

    /// <summary>The kind of defect.</summary>
    public HostileDefect Defect { get; }

    /// <summary>What is wrong, in a sentence.</summary>
    public string Description { get; }

    /// <summary>The backup's bytes; not always JSON.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Makes one backup of each kind of defect that the model allows, from a small valid backup.</summary>
    /// <remarks>
    /// Every one of them is to be refused by an import that refuses unknown models and fields, with the database left as it was.
    /// </remarks>
    /// <param name="model">The model that the valid backup fits.</param>
    /// <param name="options">How the valid backup is made, or null for the defaults. It needs at least one record.</param>
    /// <param name="cancellationToken">Ends the making early.</param>
    /// <exception cref="ArgumentException">No valid backup can be made, or it has no record.</exception>
    public static async Task<IReadOnlyList<HostileBackup>> MakeAsync(
        RelocationModel model, SyntheticBackupOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new SyntheticBackupOptions();
        var backup = SyntheticBackup.For(model, options);
        if (backup.Counts.Values.All(count => count == 0))
        {
            throw Errors.NothingToSpoil(model);
        }

        using var stream = new MemoryStream();
        await backup.WriteAsync(stream, cancellationToken).ConfigureAwait(false);
        return new BackupSpoiler(model, stream.ToArray(), (ulong)options.Seed).Make();
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
