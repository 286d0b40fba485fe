using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;

namespace Relocation.Testing;

/// <summary>A class of tests with a test database of an EF Core context.</summary>
/// <remarks>
/// The baseline is made once: for the class if it describes its own database, else for the tests that the nearest <see
/// cref="RelocationFixture{TContext}"/> covers. Each test has a database of its own that starts from the baseline, or empty. See the package's
/// page for what runs in parallel.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract class RelocationTest<TContext> : RelocationTestBase
    where TContext : DbContext
{
    private readonly BaselineSource? _source;
    private readonly Lazy<TestDatabaseOptions<TContext>?> _options;

    /// <summary>Creates tests that override <see cref="Configure()"/> or have a surrounding fixture.</summary>
    protected RelocationTest() => _options = new Lazy<TestDatabaseOptions<TContext>?>(Configure);

    /// <summary>Creates tests with a database on a target, filled from a backup.</summary>
    /// <param name="target">Where the database comes from.</param>
    /// <param name="backup">
    /// The baseline: a path from the source file's or the project's folder, or the folder that the tests run from. With wildcards, all
    /// matching files are imported, ordered by name. Null starts without rows. See <see cref="BackupFiles"/>.
    /// </param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    protected RelocationTest(DatabaseTarget target, string? backup = null, [CallerFilePath] string sourceFile = "")
        : this()
    {
        ArgumentNullException.ThrowIfNull(target);
        _source = new BaselineSource(target, backup, sourceFile);
    }

    /// <inheritdoc cref="RelocationTestBase.Database" />
    protected new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;

    /// <summary>A context of this test's database, created on first use and disposed after the test.</summary>
    protected TContext Context => (TContext)Lease.Context(CreateContext);

    /// <summary>
    /// Describes the database, once for the class. Default: the constructor's arguments, or null for the database of the nearest
    /// surrounding <see cref="RelocationFixture{TContext}"/>.
    /// </summary>
    /// <exception cref="FileNotFoundException">The constructor's backup does not exist.</exception>
    protected virtual TestDatabaseOptions<TContext>? Configure() => _source?.ToOptions<TContext>();

    /// <inheritdoc cref="RelocationTest.Configure(BackupCase)" />
    protected virtual TestDatabaseOptions<TContext>? Configure(BackupCase backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return _options.Value is { } options
            ? backup.Applied(options)
            : null;
    }

    /// <summary>Creates a context of this test's database. The caller disposes it.</summary>
    protected TContext CreateContext() => Database.CreateContext();

    private protected sealed override bool HasOwnBaseline => _options.Value is not null;

    private protected sealed override bool CanUse(DatabaseFixture fixture) => fixture is RelocationFixture<TContext>;

    private protected sealed override async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        await TestDatabase.CreateAsync(_options.Value!, cancellationToken).ConfigureAwait(false);

    private protected sealed override async Task<TestDatabase> CreateAsync(
        BackupCase backup, DatabaseFixture? fixture, CancellationToken cancellationToken)
    {
        var options = Configure(backup);
        if (options is null && fixture is not null)
        {
            return await fixture.CreateAsync(backup, cancellationToken).ConfigureAwait(false);
        }

        // Context, backup and engine are all that is needed.
        options ??= backup.Applied(new TestDatabaseOptions<TContext> { Target = backup.CreateTarget() });
        return await TestDatabase.CreateAsync(options, cancellationToken).ConfigureAwait(false);
    }
}
