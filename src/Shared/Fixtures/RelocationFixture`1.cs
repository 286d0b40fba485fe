using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;

namespace Relocation.Testing;

/// <content>The part that is the same for every test framework.</content>
public abstract partial class RelocationFixture<TContext>
    where TContext : DbContext
{
    private readonly BaselineSource _source = BaselineSource.Unknown;

    /// <summary>Creates a fixture that overrides <see cref="Configure()"/>, or whose tests are those of a matrix.</summary>
    protected RelocationFixture()
    {
    }

    /// <summary>Creates a fixture from a target and a backup.</summary>
    /// <param name="target">Where the database comes from.</param>
    /// <param name="backup">
    /// The baseline: a path from the source file's or the project's folder, or the folder that the tests run from. With wildcards, all
    /// matching files are imported, ordered by name. Null starts without rows. See <see cref="BackupFiles"/>.
    /// </param>
    /// <param name="sourceFile">The fixture's source file; set by the compiler.</param>
    protected RelocationFixture(DatabaseTarget target, string? backup = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        _source = new BaselineSource(target, backup, sourceFile);
    }

    /// <summary>Describes the database. Default: the constructor's arguments.</summary>
    /// <exception cref="FileNotFoundException">The constructor's backup does not exist.</exception>
    protected virtual TestDatabaseOptions<TContext> Configure() => _source.ToOptions<TContext>();

    /// <inheritdoc cref="RelocationFixture.Configure(BackupCase)" />
    protected virtual TestDatabaseOptions<TContext> Configure(BackupCase backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return backup.Applied(Configure());
    }

    private protected sealed override async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        await TestDatabase.CreateAsync(Configure(), cancellationToken).ConfigureAwait(false);

    internal sealed override async Task<TestDatabase> CreateAsync(BackupCase backup, CancellationToken cancellationToken) =>
        await TestDatabase.CreateAsync(Configure(backup), cancellationToken).ConfigureAwait(false);
}
