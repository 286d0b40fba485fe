using System.Collections.Concurrent;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework;
using Relocation.Testing.Baselines;
using Relocation.Testing.Engines;
using Relocation.Testing.Keys;
using Relocation.Testing.NUnit.Baselines;
using Relocation.Testing.NUnit.Matrices;

namespace Relocation.Testing;

/// <summary>The common base of <see cref="RelocationTest"/> and <see cref="RelocationTest{TContext}"/>; derive from one of these.</summary>
[ParallelByDefault]
public abstract partial class RelocationTestBase : IAsyncDisposable
{
    private readonly LazyBaseline _baseline;

    // Tests of one instance may run in parallel, each with its lease.
    private readonly ConcurrentDictionary<string, LeasedDatabase> _leases = [];

    private protected RelocationTestBase() => _baseline = new LazyBaseline(CreateAsync);

    /// <summary>The backup and the engine of a test with <see cref="BackupMatrixAttribute"/>; null in other tests.</summary>
    protected static BackupCase? BackupCase => MatrixTest.Of(CurrentTest.Properties)?.Case;

    private static Test CurrentTest => TestExecutionContext.CurrentContext.CurrentTest;

    private static CancellationToken RunningToken => TestContext.CurrentContext.CancellationToken;

    private static string FullName => CurrentTest.FullName;

    /// <summary>Leases the test's database. NUnit calls it before each test.</summary>
    [SetUp]
    public async Task LeaseDatabaseAsync()
    {
        var id = TestContext.CurrentContext.Test.ID;
        _leases[id] = await LeaseAsync(BackupCase, RunningToken).ConfigureAwait(false);
    }

    /// <summary>Reports where a failed test's database is, and returns it. NUnit calls it after each test.</summary>
    [TearDown]
    public async Task ReturnDatabaseAsync()
    {
        if (_leases.TryRemove(TestContext.CurrentContext.Test.ID, out var lease))
        {
            if (RunningToken.IsCancellationRequested)
            {
                lease.Abandon();
            }

            if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            {
                Output($"Test database: {lease.Database}");
                Output((await lease.KeepAsync(TestName()).ConfigureAwait(false)).Message);
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

    /// <summary>The instance that describes the database: NUnit has one for the class.</summary>
    private RelocationTestBase Describer => this;

    /// <summary>The running test's lease.</summary>
    private protected LeasedDatabase Lease =>
        _leases.TryGetValue(TestContext.CurrentContext.Test.ID, out var lease) ? lease : throw DatabaseErrors.BaselineNotStarted();

    private static void Skip(string reason) => Assert.Ignore(reason);

    private static void Output(string line) => TestContext.Out.WriteLine(line);

    private static void Attach(string path) => TestContext.AddTestAttachment(path);

    private Task<SharedBaseline> GetOwnBaselineAsync(CancellationToken cancellationToken) => _baseline.GetAsync(cancellationToken);

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
}
