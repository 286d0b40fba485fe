namespace Relocation.Testing.Databases;

/// <summary>A database of a pool, with the name of the test that had it last.</summary>
internal sealed class PooledDatabase(TestDatabase database)
{
    internal TestDatabase Database => database;

    /// <summary>The test that has it, or had it last; null where none had it.</summary>
    internal string? Test { get; set; }
}
