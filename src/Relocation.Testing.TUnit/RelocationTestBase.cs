using System.Reflection;
using Relocation.Testing.Baselines;
using Relocation.Testing.Engines;
using Relocation.Testing.Keys;

namespace Relocation.Testing;

/// <summary>The common base of <see cref="RelocationTest"/> and <see cref="RelocationTest{TContext}"/>; derive from one of these.</summary>
#pragma warning disable CA1001 // What a disposal throws is not seen in TUnit: the lease is disposed in a hook.
public abstract partial class RelocationTestBase
#pragma warning restore CA1001
{
    private readonly DatabaseFixture _fixture;
    private LeasedDatabase? _lease;

    private protected RelocationTestBase(DatabaseFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        _fixture = fixture;
    }

    /// <summary>This test's database.</summary>
    /// <exception cref="InvalidOperationException">No test is running.</exception>
    protected TestDatabase Database => Lease.Database;

    /// <summary>The backup and the engine of a test with <see cref="BackupMatrixAttribute"/>; null in other tests.</summary>
    protected static BackupCase? BackupCase => Details.TestMethodArguments is [BackupCase backup] ? backup : null;

    /// <summary>The running test's lease.</summary>
    private protected LeasedDatabase Lease => _lease ?? throw DatabaseErrors.BaselineNotStarted();

    private static TestContext Current => TestContext.Current ?? throw DatabaseErrors.BaselineNotStarted();

    private static TestDetails Details => Current.Metadata.TestDetails;

    private static CancellationToken RunningToken => Current.Execution.CancellationToken;

    private static string FullName => $"{Details.ClassType.FullName}.{Current.Metadata.DisplayName}";

    /// <summary>Leases the test's database. TUnit calls it before each test, and before what derived classes have there.</summary>
    [Before(HookType.Test)]
    public async Task LeaseDatabaseAsync()
    {
        var owned = BackupCase is { } backup ? _fixture.CreateBaseline(backup) : null;
        try
        {
            if (owned is not null)
            {
                await owned.StartAsync(RunningToken).ConfigureAwait(false);
            }

            var baseline = owned ?? _fixture.Baseline;
            if ((owned is not null || _fixture.SkipWhenUnavailable) && baseline.SkipReason is { } reason)
            {
                Skip.Test(reason);
            }

            _lease = new LeasedDatabase(await baseline.LeaseForAsync(FullName, StartFrom, Output, RunningToken).ConfigureAwait(false), owned);
        }
        finally
        {
            if (_lease is null && owned is not null)
            {
                await owned.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Reports where a failed test's database is, and returns it. TUnit calls it after each test, and after what derived classes have there.
    /// </summary>
    [After(HookType.Test)]
    public async Task ReturnDatabaseAsync()
    {
        // TUnit calls it, too, where nothing could be leased; and errors of a disposal would not be seen.
        if (_lease is not { } lease)
        {
            return;
        }

        var result = Current.Execution.Result;
        if (result?.State is TestState.Passed or TestState.Skipped)
        {
            if (Current.Execution.CurrentRetryAttempt > 0)
            {
                KeptOfAttempts.Remove(FullName);
            }
        }
        else
        {
            Output($"Test database: {lease.Database}");
            var (kept, message) = await lease.KeepAsync(TestName()).ConfigureAwait(false);
            KeptOfAttempts.Add(FullName, kept);
            Output(message);
        }

        // TUnit does not wait for the body of a test whose time ran out, nor is there a token that says so.
        if (result?.Exception is TimeoutException or OperationCanceledException)
        {
            lease.Abandon();
        }

        await lease.DisposeAsync().ConfigureAwait(false);
    }

    private static void Output(string line) => Current.Output.WriteLine(line);

    private static void Attach(string path) => Current.Output.AttachArtifact(path);

    /// <summary>The running test's method.</summary>
    private static MethodInfo? Method()
    {
        var types = Details.MethodMetadata.Parameters.Select(parameter => parameter.Type).ToArray();
        return Details.ClassType.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => method.Name == Details.MethodName && method.IsDefined(typeof(TestAttribute), inherit: true))
            .OrderBy(method => method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(types) ? 0 : 1)
            .FirstOrDefault();
    }

    /// <summary>The test that compares.</summary>
    private static SnapshotClaim? Claim() => Method() is { } method
        ? new SnapshotClaim(
            $"{method.DeclaringType}.{method}",
            $"{Details.ClassType} {(BackupCase is { } backup ? $"{backup.Engine.Name} {backup}" : string.Empty)}",
            Details.TestId,
            FullName)
        : null;

    /// <summary>The names of the running test's files.</summary>
    private static string TestName() => Method() switch
    {
        null => FullName,
        var method when BackupCase is { } backup => SnapshotName.Of(
            method, [], [], backup.Arguments(method.GetCustomAttribute<BackupMatrixAttribute>()?.ApprovedPerEngine ?? false)),
        var method => SnapshotName.Of(
            method, Details.TestClassArguments.Where(argument => argument is not DatabaseFixture), Details.TestMethodArguments, []),
    };
}
