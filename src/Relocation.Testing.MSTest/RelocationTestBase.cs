using System.Reflection;
using Relocation.Testing.Baselines;
using Relocation.Testing.Engines;
using Relocation.Testing.Keys;
using Relocation.Testing.MSTest.Baselines;

namespace Relocation.Testing;

/// <summary>The common base of <see cref="RelocationTest"/> and <see cref="RelocationTest{TContext}"/>; derive from one of these.</summary>
public abstract partial class RelocationTestBase
{
    private Task? _leasing;
    private LeasedDatabase? _lease;

    // That of the clean-up is another one, which does not say that the test's time ran out.
    private CancellationToken _cancelled;

    private protected RelocationTestBase()
    {
    }

    /// <summary>What MSTest says about the running test. MSTest sets it.</summary>
    public TestContext TestContext { get; set; } = null!;

    /// <summary>The backup and the engine of a test with <see cref="BackupMatrixAttribute"/>; null in other tests.</summary>
    protected BackupCase? BackupCase => Current.TestData is [BackupCase backup] ? backup : null;

    /// <summary>The running test's lease.</summary>
    private protected LeasedDatabase Lease => _lease ?? throw DatabaseErrors.BaselineNotStarted();

    /// <summary>MSTest sets only the most derived property of this name.</summary>
    private TestContext Current => TestContext
        ?? GetType().GetProperty(nameof(TestContext))?.GetValue(this) as TestContext
        ?? throw DatabaseErrors.BaselineNotStarted();

    /// <summary>The instance that describes the database, once for the class.</summary>
    private RelocationTestBase Describer => ClassBaseline.Of(this).Describer;

    private CancellationToken RunningToken => Current.CancellationToken;

    private string FullName => $"{GetType().FullName}.{Current.TestDisplayName ?? Current.TestName}";

    /// <summary>Creates the database of a class. MSTest calls it before the class's first test, and before any time limit of a test.</summary>
    /// <param name="context">What MSTest says about the class.</param>
    [ClassInitialize(InheritanceBehavior.BeforeEachDerivedClass)]
    public static async Task StartBaselineAsync(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (ClassBaseline.Start(context)?.Describer is { } describer)
        {
            await describer.StartAsync(context.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the database of a class if it was created for this purpose. MSTest calls it after the class's last test.</summary>
    /// <param name="context">What MSTest says about the class.</param>
    [ClassCleanup(InheritanceBehavior.BeforeEachDerivedClass)]
    public static Task RemoveBaselineAsync(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ClassBaseline.RemoveAsync(context);
    }

    /// <summary>Leases the test's database. MSTest calls it before each test.</summary>
    [TestInitialize]
    public Task LeaseDatabaseAsync()
    {
        _cancelled = RunningToken;
        return _leasing = LeaseInTimeAsync(_cancelled);
    }

    /// <summary>Reports where a failed test's database is, and returns it. MSTest calls it after each test.</summary>
    [TestCleanup]
    public async Task ReturnDatabaseAsync()
    {
        // A test whose time ran out is cleaned up while it may still wait for its database.
        await (_leasing ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_lease is not { } lease)
        {
            return;
        }

        var isUnfinished = _cancelled.IsCancellationRequested;
        if (isUnfinished || Current.CurrentTestOutcome is not (UnitTestOutcome.Passed or UnitTestOutcome.Inconclusive))
        {
            Output($"Test database: {lease.Database}");
            var (kept, message) = await lease.KeepAsync(TestName()).ConfigureAwait(false);
            KeptOfAttempts.Add(FullName, kept);
            Output(message);
        }
        else if (Current.TestRunCount > 1)
        {
            KeptOfAttempts.Remove(FullName);
        }

        if (isUnfinished)
        {
            lease.Abandon();
        }

        await lease.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Creates the database that the class describes.</summary>
    internal Task<TestDatabase> CreateDescribedAsync(CancellationToken cancellationToken) => CreateAsync(cancellationToken);

    private static void Skip(string reason) => Assert.Inconclusive(reason);

    private void Output(string line) => Current.WriteLine(line);

    private void Attach(string path) => Current.AddResultFile(path);

    private DatabaseFixture? FixtureAround() => FixturesAround.Nearest(GetType(), CanUse);

    private Task<SharedBaseline> GetOwnBaselineAsync(CancellationToken cancellationToken) =>
        ClassBaseline.Of(this).GetAsync(cancellationToken);

    /// <summary>Starts what the tests of the class will wait for; those of a matrix have databases of their own.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var tests = GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public)
            .Where(method => method.IsDefined(typeof(TestMethodAttribute), inherit: true));
        if (tests.All(method => method.IsDefined(typeof(BackupMatrixAttribute), inherit: true)))
        {
            return;
        }

        try
        {
            var start = HasOwnBaseline ? GetOwnBaselineAsync(cancellationToken) : FixtureAround()?.GetBaselineAsync(cancellationToken);
            await (start ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What Configure throws is the tests' error, each of which asks again.
        }
    }

    private async Task LeaseInTimeAsync(CancellationToken cancellationToken)
    {
        var lease = await LeaseAsync(BackupCase, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            // MSTest does not always wait for a clean-up that would return it.
            await lease.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        _lease = lease;
    }

    /// <summary>The running test's method: MSTest says its name only, which overloads share.</summary>
    private MethodInfo? Method() => GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(method => method.Name == Current.TestName && method.IsDefined(typeof(TestMethodAttribute), inherit: true))
        .OrderBy(method => method.GetParameters().Length == (Current.TestData?.Length ?? 0) ? 0 : 1)
        .FirstOrDefault();

    /// <summary>The test that compares.</summary>
    private SnapshotClaim? Claim() => Method() is { } method
        ? new SnapshotClaim(
            $"{method.DeclaringType}.{method}",
            $"{GetType()} {(BackupCase is { } backup ? $"{backup.Engine.Name} {backup}" : string.Empty)}",
            FullName,
            FullName)
        : null;

    /// <summary>The names of the running test's files.</summary>
    private string TestName() => Method() switch
    {
        null => FullName,
        var method when BackupCase is { } backup => SnapshotName.Of(
            method, [], [], backup.Arguments(method.GetCustomAttribute<BackupMatrixAttribute>()?.ApprovedPerEngine ?? false)),
        var method => SnapshotName.Of(method, [], Current.TestData ?? [], []),
    };
}
