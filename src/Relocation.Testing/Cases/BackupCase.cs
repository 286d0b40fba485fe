using Relocation.Testing.Cases;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;

namespace Relocation.Testing;

/// <summary>One case of a matrix of tests: a backup on an engine, and where versions were asked for in one version's tables.</summary>
public sealed class BackupCase
{
    private readonly DefaultTargetAttribute _package;

    internal BackupCase(FoundFile file, DefaultTargetAttribute package, SchemaVersion? version = null)
    {
        Name = file.Name;
        Path = file.Path;
        Version = version;
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

    /// <summary>The version of the tables, or null where the matrix has none.</summary>
    public SchemaVersion? Version { get; }

    /// <summary>The backup.</summary>
    public Backup Backup => Backup.FromFile(Path);

    /// <summary>
    /// Where the engine's test databases come from unless something else is said: memory for SQLite, and for PostgreSQL a
    /// throw-away server, or the one that <c>RELOCATION_TEST_POSTGRES</c> names.
    /// </summary>
    public DatabaseTarget CreateTarget() => _package.CreateTarget();

    /// <summary>The backup's name, the version's where there is one, and the engine's, as test explorers show them.</summary>
    public override string ToString() => Version is null ? $"{Name}, {Engine.Name}" : $"{Name}, {Version}, {Engine.Name}";

    /// <summary>The case that was found before, by a process that only listed the tests.</summary>
    /// <exception cref="InvalidOperationException">The engine's package, or the version, is not there any more.</exception>
    internal static BackupCase Restore(string name, string path, string engine, string? versions, string? version)
    {
        var package = EnginePackages.All().FirstOrDefault(package => package.Engine.Name == engine)
            ?? throw DatabaseErrors.NoEnginePackage([engine]);
        return new BackupCase(new FoundFile(name, path), package, MatrixVersions.Find(versions, version));
    }

    /// <summary>What tells the case from others in names of approved files, which engines share unless it is said otherwise.</summary>
    internal IEnumerable<(string Name, object? Value)> Arguments(bool perEngine)
    {
        yield return ("backup", Name);
        if (Version is not null)
        {
            yield return ("version", Version.Name);
        }

        if (perEngine)
        {
            yield return ("engine", Engine);
        }
    }

    /// <summary>What tests can be filtered by.</summary>
    internal IEnumerable<(string Name, string Value)> Traits()
    {
        yield return ("Backup", Name);
        yield return ("Engine", Engine.Name);
        if (Version is not null)
        {
            yield return ("Version", Version.Name);
        }
    }

    /// <summary>The options of a fixture for this case: its target, its backup alone, and its version's tables.</summary>
    internal TestDatabaseOptions Applied(TestDatabaseOptions options)
    {
        options = options with { Target = CreateTarget(), Baseline = [Backup] };
        return Version is null ? options : options with { Model = Version.CreateModel(Engine), Schema = Version.CreateSchema(Engine) };
    }

    /// <summary>The options of a context's fixture for this case. A context is of one version only.</summary>
    /// <exception cref="InvalidOperationException">The case has a version.</exception>
    internal TestDatabaseOptions<TContext> Applied<TContext>(TestDatabaseOptions<TContext> options)
        where TContext : Microsoft.EntityFrameworkCore.DbContext =>
        Version is null
            ? options with { Target = CreateTarget(), Baseline = [Backup] }
            : throw MatrixErrors.VersionsOfContext(typeof(TContext));
}
