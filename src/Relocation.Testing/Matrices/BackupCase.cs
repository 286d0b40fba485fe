using Relocation.Testing.Matrices;

namespace Relocation.Testing;

/// <summary>One case of a matrix of tests: a backup on an engine.</summary>
public sealed class BackupCase
{
    private readonly DefaultTargetAttribute _package;

    internal BackupCase(FoundFile file, DefaultTargetAttribute package)
    {
        Name = file.Name;
        Path = file.Path;
        _package = package;
    }

    /// <summary>
    /// The backup's path from the folder in which the pattern's wildcards begin, divided by <c>/</c> on every system:
    /// <c>v2/shop.json</c> for <c>backups/**/*.json</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The backup's full path.</summary>
    public string Path { get; }

    /// <summary>The kind of database.</summary>
    public DatabaseEngine Engine => _package.Engine;

    /// <summary>The backup.</summary>
    public Backup Backup => Backup.FromFile(Path);

    /// <summary>
    /// Where the engine's test databases come from unless something else is said: memory for SQLite, and for PostgreSQL a
    /// throw-away server, or the one that <c>RELOCATION_TEST_POSTGRES</c> names.
    /// </summary>
    public DatabaseTarget CreateTarget() => _package.CreateTarget();

    /// <summary>The backup's name and the engine's, as test explorers show them.</summary>
    public override string ToString() => $"{Name}, {Engine.Name}";

    /// <summary>The case that was found before, by a process that only listed the tests.</summary>
    /// <exception cref="InvalidOperationException">The engine's package is not there any more.</exception>
    internal static BackupCase Restore(string name, string path, string engine)
    {
        var package = EnginePackages.All().FirstOrDefault(package => package.Engine.Name == engine)
            ?? throw Errors.NoEnginePackage([engine]);
        return new BackupCase(new FoundFile(name, path), package);
    }
}
