namespace Relocation.Testing;

/// <summary>A fixture of tests with a test database of a <see cref="RelocationModel"/>, made once for the class.</summary>
/// <remarks>
/// Each test begins with the baseline, or with an empty database. Tests of one class take turns, even where NUnit runs them in
/// parallel; classes do not. The database is put back before a test and not after it: a killed test spoils nothing, and what
/// a failed one left can be looked at.
/// </remarks>
public abstract class RelocationTest : RelocationTestBase
{
    /// <summary>Says what the database is made of. Called once.</summary>
    protected abstract TestDatabaseOptions Configure();

    private protected sealed override Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        TestDatabase.CreateAsync(Configure(), cancellationToken);
}
