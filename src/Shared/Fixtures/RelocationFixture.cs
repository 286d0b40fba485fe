namespace Relocation.Testing;

/// <content>The part that is the same for every test framework.</content>
public abstract partial class RelocationFixture
{
    /// <summary>Describes the database.</summary>
    protected abstract TestDatabaseOptions Configure();

    /// <summary>
    /// Describes the database of a test with <see cref="BackupMatrixAttribute"/>. Default: the same, but with only the case's backup as the
    /// baseline, on the engine's default target, and with the tables of the case's version if it has one.
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
