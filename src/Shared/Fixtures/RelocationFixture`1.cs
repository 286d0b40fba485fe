using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;

namespace Relocation.Testing;

/// <content>What is the same for every framework of tests.</content>
public abstract partial class RelocationFixture<TContext>
    where TContext : DbContext
{
    private readonly BaselineSource _source = BaselineSource.Unknown;

    /// <summary>Makes a fixture that overrides <see cref="Configure()"/>, or whose tests are those of a matrix.</summary>
    protected RelocationFixture()
    {
    }

    /// <summary>Makes a fixture of a target and a backup.</summary>
    /// <param name="target">Where the database comes from.</param>
    /// <param name="backup">
    /// The baseline, by its path from the source file's or the project's folder, or the folder that the tests run from; with
    /// wildcards, all that match are imported, ordered by name. Or null to begin without rows. See <see cref="BackupFiles"/>.
    /// </param>
    /// <param name="sourceFile">The fixture's source file; the compiler gives it.</param>
    protected RelocationFixture(DatabaseTarget target, string? backup = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        _source = new BaselineSource(target, backup, sourceFile);
    }

    /// <summary>Says what the database is made of. Default: what the constructor was given.</summary>
    /// <exception cref="FileNotFoundException">The backup that the constructor was given is not there.</exception>
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
