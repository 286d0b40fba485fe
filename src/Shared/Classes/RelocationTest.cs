using Relocation.Testing.Cases;

namespace Relocation.Testing;

/// <summary>A class of tests with a test database of a <see cref="RelocationModel"/>.</summary>
/// <inheritdoc cref="RelocationTest{TContext}" path="/remarks" />
public abstract class RelocationTest : RelocationTestBase
{
    private readonly Lazy<TestDatabaseOptions?> _options;

    /// <summary>Creates the tests.</summary>
    protected RelocationTest() => _options = new Lazy<TestDatabaseOptions?>(Configure);

    /// <summary>
    /// Describes the database, once for the class. Default: null, for the database of the nearest surrounding <see
    /// cref="RelocationFixture"/>.
    /// </summary>
    protected virtual TestDatabaseOptions? Configure() => null;

    /// <summary>
    /// Describes the database of a test with <see cref="BackupMatrixAttribute"/>. Default: the same, but with only the case's backup as the
    /// baseline, on the engine's default target.
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
