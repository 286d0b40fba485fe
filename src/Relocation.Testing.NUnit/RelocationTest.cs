using Relocation.Testing.Cases;

namespace Relocation.Testing;

/// <summary>A class of tests with a test database of a <see cref="RelocationModel"/>.</summary>
/// <inheritdoc cref="RelocationTest{TContext}" path="/remarks" />
public abstract class RelocationTest : RelocationTestBase
{
    private readonly Lazy<TestDatabaseOptions?> _options;

    /// <summary>Makes a class of tests.</summary>
    protected RelocationTest() => _options = new Lazy<TestDatabaseOptions?>(Configure);

    /// <summary>
    /// Says what the database is made of, once for the class. Default: null, for the database of the nearest
    /// <see cref="RelocationFixture"/> around.
    /// </summary>
    protected virtual TestDatabaseOptions? Configure() => null;

    /// <summary>
    /// Says what the database of a test with <see cref="BackupMatrixAttribute"/> is made of. Default: the same, but with the
    /// case's backup alone as its baseline, on the engine's usual target.
    /// </summary>
    /// <param name="backup">The backup and the engine.</param>
    protected virtual TestDatabaseOptions? Configure(BackupCase backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return _options.Value is { } options
            ? backup.Applied(options)
            : null;
    }

    private protected sealed override bool HasOwnBaseline => _options.Value is not null;

    private protected sealed override bool CanUse(DatabaseFixture fixture) => fixture is RelocationFixture;

    private protected sealed override Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        TestDatabase.CreateAsync(_options.Value!, cancellationToken);

    private protected sealed override Task<TestDatabase> CreateAsync(
        BackupCase backup, DatabaseFixture? fixture, CancellationToken cancellationToken) =>
        Configure(backup) is { } options
            ? TestDatabase.CreateAsync(options, cancellationToken)
            : fixture?.CreateAsync(backup, cancellationToken) ?? throw MatrixErrors.NoBaselineToUse(GetType().Name);
}
