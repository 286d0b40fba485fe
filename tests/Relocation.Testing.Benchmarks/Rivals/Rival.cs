using Relocation.Testing.Benchmarks.Engines;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>A way to get a backup into a database.</summary>
internal abstract class Rival
{
    internal static IReadOnlyList<Rival> All { get; } =
        [new OursRival(), new BareRival(), new BulkCopyRival(), new SaveChangesRival(givesKeys: false), new SaveChangesRival(givesKeys: true)];

    /// <summary>How the command line calls it.</summary>
    internal abstract string Name { get; }

    /// <summary>How the report calls it.</summary>
    internal abstract string Title { get; }

    /// <summary>What a test suite has done before its first import: here, the EF model is built. Not measured.</summary>
    internal virtual void Prepare(BenchmarkEngine engine) => engine.RelocationModel();

    /// <summary>Imports the file, from opening the connection to having committed.</summary>
    internal abstract Task ImportAsync(BenchmarkEngine engine, string connectionString, string file);
}
