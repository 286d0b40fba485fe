using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;

namespace Relocation.Testing;

/// <summary>A class of tests with a test database of an EF Core context.</summary>
/// <remarks>
/// The baseline is made once: for the class where it says what the database is made of, else for the tests around which the
/// nearest <see cref="RelocationFixture{TContext}"/> is set up. Each test has a database of its own that begins with the
/// baseline, or with none of its rows. Classes run in parallel unless they are marked otherwise.
/// </remarks>
/// <typeparam name="TContext">The context.</typeparam>
public abstract class RelocationTest<TContext> : RelocationTestBase
    where TContext : DbContext
{
    private readonly BaselineSource? _source;
    private readonly Lazy<TestDatabaseOptions<TContext>?> _options;

    /// <summary>Makes a class of tests that overrides <see cref="Configure()"/>, or has a fixture around it.</summary>
    protected RelocationTest() => _options = new Lazy<TestDatabaseOptions<TContext>?>(Configure);

    /// <summary>Makes a class of tests with a database of a target and a backup.</summary>
    /// <param name="target">Where the database comes from.</param>
    /// <param name="backup">
    /// The baseline, by its path from the source file's or the project's folder, or the folder that the tests run from; with
    /// wildcards, all that match are imported, ordered by name. Or null to begin without rows. See <see cref="BackupFiles"/>.
    /// </param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    protected RelocationTest(DatabaseTarget target, string? backup = null, [CallerFilePath] string sourceFile = "")
        : this()
    {
        ArgumentNullException.ThrowIfNull(target);
        _source = new BaselineSource(target, backup, sourceFile);
    }

    /// <inheritdoc cref="RelocationTestBase.Database" />
    protected new TestDatabase<TContext> Database => (TestDatabase<TContext>)base.Database;

    /// <summary>A context of this test's database: made when it is first asked for, and disposed after the test.</summary>
    protected TContext Context => (TContext)Lease.Context(CreateContext);

    /// <summary>
    /// Says what the database is made of, once for the class. Default: what the constructor was given, or null for the
    /// database of the nearest <see cref="RelocationFixture{TContext}"/> around.
    /// </summary>
    /// <exception cref="FileNotFoundException">The backup that the constructor was given is not there.</exception>
    protected virtual TestDatabaseOptions<TContext>? Configure() => _source?.ToOptions<TContext>();

    /// <inheritdoc cref="RelocationTest.Configure(BackupCase)" />
    protected virtual TestDatabaseOptions<TContext>? Configure(BackupCase backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return _options.Value is { } options
            ? backup.Applied(options)
            : null;
    }

    /// <summary>Makes a context of this test's database. The caller disposes it.</summary>
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

        // A context, a backup and an engine are all that is needed.
        options ??= backup.Applied(new TestDatabaseOptions<TContext> { Target = backup.CreateTarget() });
        return await TestDatabase.CreateAsync(options, cancellationToken).ConfigureAwait(false);
    }
}
