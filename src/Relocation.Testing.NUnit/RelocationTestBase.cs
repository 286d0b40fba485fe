using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Relocation.Testing.Cases;
using Relocation.Testing.Engines;
using Relocation.Testing.Keys;
using Relocation.Testing.NUnit.Baselines;
using Relocation.Testing.NUnit.Matrices;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing;

/// <summary>The common base of <see cref="RelocationTest"/> and <see cref="RelocationTest{TContext}"/>; derive from one of these.</summary>
[ParallelByDefault]
public abstract class RelocationTestBase : IAsyncDisposable
{
    private readonly LazyBaseline _baseline;

    // Tests of one instance may run in parallel, each with its lease.
    private readonly ConcurrentDictionary<string, LeasedDatabase> _leases = [];

    private protected RelocationTestBase() => _baseline = new LazyBaseline(CreateAsync);

    /// <summary>This test's database.</summary>
    /// <exception cref="InvalidOperationException">No test is running.</exception>
    protected TestDatabase Database => Lease.Database;

    /// <summary>The backup and the engine of a test with <see cref="BackupMatrixAttribute"/>; null in other tests.</summary>
    protected static BackupCase? BackupCase => MatrixTest.Of(CurrentTest.Properties)?.Case;

    /// <summary>What each test of the class starts from. Default: the baseline.</summary>
    protected virtual ResetTo StartFrom => ResetTo.Baseline;

    /// <summary>
    /// Whether tests are ignored on a developer machine if the database is not available, instead of failing. Default: no. On a build
    /// server they always fail.
    /// </summary>
    protected virtual bool SkipWhenUnavailable => false;

    private static Test CurrentTest => TestExecutionContext.CurrentContext.CurrentTest;

    /// <summary>Leases the test's database. NUnit calls it before each test.</summary>
    [SetUp]
    public async Task LeaseDatabaseAsync()
    {
        var (id, cancellationToken) = (TestContext.CurrentContext.Test.ID, TestContext.CurrentContext.CancellationToken);
        _leases[id] = BackupCase is { } backup
            ? await LeaseAsync(backup, cancellationToken).ConfigureAwait(false)
            : await LeaseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports where a failed test's database is, and returns it. NUnit calls it after each test.</summary>
    [TearDown]
    public async Task ReturnDatabaseAsync()
    {
        if (_leases.TryRemove(TestContext.CurrentContext.Test.ID, out var lease))
        {
            if (TestContext.CurrentContext.CancellationToken.IsCancellationRequested)
            {
                lease.Abandon();
            }

            if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            {
                await TestContext.Out.WriteLineAsync($"Test database: {lease.Database}").ConfigureAwait(false);
                await TestContext.Out.WriteLineAsync(await KeepAsync(lease).ConfigureAwait(false)).ConfigureAwait(false);
            }

            await lease.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Removes the test database if it was created for this purpose. NUnit calls it after the last test.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _baseline.DisposeAsync();
    }

    /// <summary>Compares a pk map with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a test case are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="map">The map.</param>
    /// <param name="options">Form and paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    protected static Task CheckAsync(
        PrimaryKeyMap map, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(
            map, Named(options), sourceFile, cancellationToken: TestContext.CurrentContext.CancellationToken));

    /// <summary>Compares text with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a test case are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">Paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    protected static Task CheckAsync(
        string text, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(
            text, Named(options), sourceFile, cancellationToken: TestContext.CurrentContext.CancellationToken));

    /// <summary>The running test's lease.</summary>
    private protected LeasedDatabase Lease =>
        _leases.TryGetValue(TestContext.CurrentContext.Test.ID, out var lease) ? lease : throw DatabaseErrors.BaselineNotStarted();

    /// <summary>Whether the class describes its own database.</summary>
    private protected abstract bool HasOwnBaseline { get; }

    /// <summary>Whether a surrounding fixture serves this class.</summary>
    private protected abstract bool CanUse(DatabaseFixture fixture);

    private protected abstract Task<TestDatabase> CreateAsync(CancellationToken cancellationToken);

    private protected abstract Task<TestDatabase> CreateAsync(
        BackupCase backup, DatabaseFixture? fixture, CancellationToken cancellationToken);

    private static void SkipWithout(SharedBaseline baseline)
    {
        if (baseline.SkipReason is { } reason)
        {
            Assert.Ignore(reason);
        }
    }

    private async Task<LeasedDatabase> LeaseAsync(CancellationToken cancellationToken)
    {
        var fixture = HasOwnBaseline ? null : FixtureAround() ?? throw MatrixErrors.NoBaselineToUse(GetType().Name);
        var baseline = fixture is null
            ? await _baseline.GetAsync(cancellationToken).ConfigureAwait(false)
            : await fixture.GetBaselineAsync(cancellationToken).ConfigureAwait(false);
        if (fixture?.SkipWhenUnavailable ?? SkipWhenUnavailable)
        {
            SkipWithout(baseline);
        }

        return new LeasedDatabase(await LeaseAsync(baseline, cancellationToken).ConfigureAwait(false), owned: null);
    }

    private async Task<LeasedDatabase> LeaseAsync(BackupCase backup, CancellationToken cancellationToken)
    {
        var baseline = new SharedBaseline(token => CreateAsync(backup, FixtureAround(), token));
        try
        {
            await baseline.StartAsync(cancellationToken).ConfigureAwait(false);
            SkipWithout(baseline);
            return new LeasedDatabase(await LeaseAsync(baseline, cancellationToken).ConfigureAwait(false), baseline);
        }
        catch
        {
            await baseline.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task<TestLease> LeaseAsync(SharedBaseline baseline, CancellationToken cancellationToken) =>
        baseline.LeaseForAsync(CurrentTest.FullName, StartFrom, TestContext.Out.WriteLine, cancellationToken);

    private DatabaseFixture? FixtureAround()
    {
        for (ITest? test = CurrentTest; test is not null; test = test.Parent)
        {
            if (test.Fixture is DatabaseFixture fixture && CanUse(fixture))
            {
                return fixture;
            }
        }

        return null;
    }

    /// <summary>Reports what happened to a failed test's database.</summary>
    private static async Task<string> KeepAsync(LeasedDatabase lease)
    {
        try
        {
            // A cancelled test counts as failed, too.
            return (await lease.KeepAsync(TestName(), CancellationToken.None).ConfigureAwait(false)).ToString();
        }
        catch (DatabaseNotKeptException exception)
        {
            return exception.Message;
        }
    }

    private static SnapshotOptions Named(SnapshotOptions? options)
    {
        options ??= new SnapshotOptions();
        return options with { Name = options.Name ?? TestName(), Claim = Claim() };
    }

    /// <summary>The test that compares.</summary>
    private static SnapshotClaim? Claim() => CurrentTest is { Method.MethodInfo: { } method } test
        ? new SnapshotClaim(
            $"{method.DeclaringType}.{method}",
            $"{test.TypeInfo?.Type} {(BackupCase is { } backup ? $"{backup.Engine.Name} {backup}" : string.Empty)}",
            test.Id,
            test.FullName)
        : null;

    /// <summary>The fixture arguments of the running test's class.</summary>
    private static object?[] FixtureArguments()
    {
        for (ITest? test = CurrentTest; test is not null; test = test.Parent)
        {
            if (test is TestFixture fixture)
            {
                return fixture.Arguments;
            }
        }

        return [];
    }

    /// <summary>The names of the running test's files.</summary>
    private static string TestName()
    {
        var test = CurrentTest;
        return test.Method?.MethodInfo is { DeclaringType: not null } method
            ? SnapshotName.Of(
                method,
                FixtureArguments(),
                test.Arguments,
                MatrixTest.Of(test.Properties) is { Case: var backup } matrix ? backup.Arguments(matrix.ApprovedPerEngine) : [])
            : test.FullName;
    }

    private static async Task AttachAsync(Task check)
    {
        try
        {
            await check.ConfigureAwait(false);
        }
        catch (SnapshotMismatchException mismatch)
        {
            foreach (var path in new[] { mismatch.ReceivedPath, mismatch.DiffPath }.OfType<string>())
            {
                TestContext.AddTestAttachment(path);
                await TestContext.Out.WriteLineAsync($"Attached: {path}").ConfigureAwait(false);
            }

            throw;
        }
    }
}
