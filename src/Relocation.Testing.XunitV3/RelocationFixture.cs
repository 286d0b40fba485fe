namespace Relocation.Testing;

/// <summary>A test database of a <see cref="RelocationModel"/>, made once for a class, a collection or the assembly of tests.</summary>
/// <remarks>
/// Derive from it, and name the derived class where xUnit takes a fixture: <c>IClassFixture</c>, <c>ICollectionFixture</c> or
/// <c>AssemblyFixture</c>. Tests derive from <see cref="RelocationTest"/>.
/// </remarks>
public abstract class RelocationFixture : DatabaseFixture
{
    /// <summary>Says what the database is made of.</summary>
    protected abstract TestDatabaseOptions Configure();

    /// <summary>
    /// Says what the database of a test with <see cref="BackupMatrixAttribute"/> is made of. Default: the same, but with the
    /// case's backup alone as its baseline, on the engine's usual target, and with the tables of the case's version if it has one.
    /// </summary>
    /// <param name="backup">The backup, the engine, and the version.</param>
    protected virtual TestDatabaseOptions Configure(BackupCase backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return backup.Applied(Configure());
    }

    private protected sealed override Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        TestDatabase.CreateAsync(Configure(), cancellationToken);

    private protected sealed override Task<TestDatabase> CreateAsync(BackupCase backup, CancellationToken cancellationToken) =>
        TestDatabase.CreateAsync(Configure(backup), cancellationToken);
}
