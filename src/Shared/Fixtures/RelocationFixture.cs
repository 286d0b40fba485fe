namespace Relocation.Testing;

/// <content>What is the same for every framework of tests.</content>
public abstract partial class RelocationFixture
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

    internal sealed override Task<TestDatabase> CreateAsync(BackupCase backup, CancellationToken cancellationToken) =>
        TestDatabase.CreateAsync(Configure(backup), cancellationToken);
}
