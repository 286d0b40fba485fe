using Relocation.Testing.Baselines;
using Relocation.Testing.Cases;

namespace Relocation.Testing;

/// <content>The part that is the same where a class of tests describes its database, or finds a fixture around it.</content>
public abstract partial class RelocationTestBase
{
    /// <summary>
    /// Whether tests are skipped on a developer machine if the database is not available, instead of failing. Default: no. On a build
    /// server they always fail.
    /// </summary>
    protected virtual bool SkipWhenUnavailable => false;

    /// <summary>This test's database.</summary>
    /// <exception cref="InvalidOperationException">No test is running.</exception>
    protected TestDatabase Database => Lease.Database;

    /// <summary>Whether the class describes its own database.</summary>
    private protected abstract bool HasOwnBaseline { get; }

    /// <summary>Whether a surrounding fixture serves this class.</summary>
    private protected abstract bool CanUse(DatabaseFixture fixture);

    private protected abstract Task<TestDatabase> CreateAsync(CancellationToken cancellationToken);

    private protected abstract Task<TestDatabase> CreateAsync(
        BackupCase backup, DatabaseFixture? fixture, CancellationToken cancellationToken);

    private Task<LeasedDatabase> LeaseAsync(BackupCase? backup, CancellationToken cancellationToken) =>
        backup is null ? LeaseAsync(cancellationToken) : LeaseOfCaseAsync(backup, cancellationToken);

    private async Task<LeasedDatabase> LeaseAsync(CancellationToken cancellationToken)
    {
        var fixture = Describer.HasOwnBaseline ? null : FixtureAround() ?? throw MatrixErrors.NoBaselineToUse(GetType().Name);
        var baseline = await (fixture?.GetBaselineAsync(cancellationToken) ?? GetOwnBaselineAsync(cancellationToken)).ConfigureAwait(false);
        if ((fixture?.SkipWhenUnavailable ?? SkipWhenUnavailable) && baseline.SkipReason is { } reason)
        {
            Skip(reason);
        }

        return new LeasedDatabase(await LeaseAsync(baseline, cancellationToken).ConfigureAwait(false), owned: null);
    }

    private async Task<LeasedDatabase> LeaseOfCaseAsync(BackupCase backup, CancellationToken cancellationToken)
    {
        var baseline = new SharedBaseline(token => Describer.CreateAsync(backup, Describer.HasOwnBaseline ? null : FixtureAround(), token));
        try
        {
            await baseline.StartAsync(cancellationToken).ConfigureAwait(false);
            if (baseline.SkipReason is { } reason)
            {
                Skip(reason);
            }

            return new LeasedDatabase(await LeaseAsync(baseline, cancellationToken).ConfigureAwait(false), baseline);
        }
        catch
        {
            await baseline.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task<TestLease> LeaseAsync(SharedBaseline baseline, CancellationToken cancellationToken) =>
        baseline.LeaseForAsync(FullName, StartFrom, Output, cancellationToken);
}
