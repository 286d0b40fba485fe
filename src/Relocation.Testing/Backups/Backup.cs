namespace Relocation.Testing;

/// <summary>A backup: a JSON array of records, each with a model, a primary key and fields (import specification, section 1.2).</summary>
public sealed class Backup
{
    private Backup(string name) => Name = name;

    /// <summary>The backup's name, as messages show it.</summary>
    public string Name { get; }

    /// <summary>A backup in a file, plain or gzip.</summary>
    /// <param name="path">The file's path.</param>
    public static Backup FromFile(string path) => new(path);
}
