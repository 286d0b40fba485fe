using System.Runtime.CompilerServices;
using Relocation.Testing.Keys;
using Relocation.Testing.XunitV3;
using Xunit.v3;
using Xunit;

namespace Relocation.Testing;

/// <summary>Base class of tests that each start from the baseline, or from an empty database.</summary>
/// <remarks>
/// Each test has a database of its own, a copy of the fixture's, so tests run in parallel as configured in xUnit. A database is reset
/// before a test, not after it, so a killed test does no harm. A failed test's database is kept, and the test's output says where.
/// </remarks>
public abstract class RelocationTest : IAsyncLifetime
{
    private readonly DatabaseFixture _fixture;
    private Task? _initialization;
    private CancellationToken _cancelled;
    private SharedBaseline? _matrixBaseline;
    private TestLease? _lease;

    /// <summary>Creates a test with a fixture's database.</summary>
    /// <param name="fixture">The fixture, passed by xUnit to the test's constructor.</param>
    protected RelocationTest(DatabaseFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        _fixture = fixture;
    }

    /// <summary>This test's database.</summary>
    /// <remarks>Reading it throws the error that occurred when it was made.</remarks>
    protected TestDatabase Database => _lease?.Database ?? _fixture.Database;

    /// <summary>The backup and the engine of a test with <see cref="BackupMatrixAttribute"/>; null in other tests.</summary>
    protected static BackupCase? BackupCase => (TestContext.Current.TestCase as BackupTestCase)?.Case;

    /// <summary>What each test of the class starts from. Default: the baseline.</summary>
    protected virtual ResetTo StartFrom => ResetTo.Baseline;

    /// <summary>Leases the test's database. Overrides call it first.</summary>
    public virtual ValueTask InitializeAsync() => new(_initialization = LeaseAsync());

    /// <summary>Reports where a failed test's database is, and returns it. Overrides call it last.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);

        // A test that timed out is disposed while it still waits for its database, which it may get nevertheless.
        await (_initialization ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (_lease is { } lease)
            {
                // A test that timed out does not count as failed here, since it is still running when it is reported as failed.
                var isUnfinished = _cancelled.IsCancellationRequested;
                if (TestContext.Current.TestState?.Result == TestResult.Failed || isUnfinished)
                {
                    Output($"Test database: {lease.Database}");
                    Output(await KeepAsync(lease).ConfigureAwait(false));
                }

                if (isUnfinished)
                {
                    lease.Abandon();
                }

                await lease.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            if (_matrixBaseline is { } baseline)
            {
                await baseline.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Compares a pk map with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a theory are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="map">The map.</param>
    /// <param name="options">Form and paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    protected static Task CheckAsync(
        PrimaryKeyMap map, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(
            map, Named(options), sourceFile, cancellationToken: TestContext.Current.CancellationToken));

    /// <summary>Compares text with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a theory are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">Paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    protected static Task CheckAsync(
        string text, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(
            text, Named(options), sourceFile, cancellationToken: TestContext.Current.CancellationToken));

    private static SnapshotOptions Named(SnapshotOptions? options)
    {
        options ??= new SnapshotOptions();
        return options with { Name = options.Name ?? TestName(), Claim = Claim() };
    }

    /// <summary>The test that compares.</summary>
    private static SnapshotClaim? Claim() => TestContext.Current.Test is IXunitTest { TestMethod.Method: var method } test
        ? new SnapshotClaim(
            $"{method.DeclaringType}.{method}",
            $"{test.TestMethod.TestClass.TestClassName} {(BackupCase is { } backup ? $"{backup.Engine.Name} {backup}" : string.Empty)}",
            test.UniqueID,
            test.TestDisplayName)
        : null;

    /// <summary>The names of the running test's files.</summary>
    private static string TestName()
    {
        if (TestContext.Current.Test is not IXunitTest { TestMethod.Method: { DeclaringType: not null } method } test)
        {
            return TestContext.Current.Test?.TestDisplayName ?? string.Empty;
        }

        return SnapshotName.Of(
            method, [], test.TestMethodArguments, TestContext.Current.TestCase is BackupTestCase matrix ? matrix.Case.Arguments(matrix.ApprovedPerEngine) : []);
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
                var text = await File.ReadAllTextAsync(path).ConfigureAwait(false);
                TestContext.Current.AddAttachment(Path.GetFileName(path), text, replaceExistingValue: true);
                Output($"Attached: {path}");
            }

            throw;
        }
    }

    private async Task LeaseAsync()
    {
        var cancellationToken = _cancelled = TestContext.Current.CancellationToken;
        var baseline = _fixture.Baseline;
        if (BackupCase is { } backup)
        {
            baseline = _matrixBaseline = _fixture.CreateBaseline(backup);
            await baseline.StartAsync(cancellationToken).ConfigureAwait(false);
        }

        if ((_fixture.SkipWhenUnavailable || _matrixBaseline is not null) && baseline.SkipReason is { } reason)
        {
            throw new TestSkippedException(reason);
        }

        _lease = await baseline.LeaseForAsync(TestContext.Current.Test?.TestDisplayName ?? TestName(), StartFrom, Output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports what happened to a failed test's database.</summary>
    private static async Task<string> KeepAsync(TestLease lease)
    {
        try
        {
            // A cancelled test counts as failed, too.
            var kept = await lease.KeepAsync(TestName(), CancellationToken.None).ConfigureAwait(false);
            return kept.ToString();
        }
        catch (DatabaseNotKeptException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The test's own output, while xUnit accepts any: it starts the next test while one that timed out is still being disposed.</summary>
    private static void Output(string line)
    {
        try
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }
        catch (InvalidOperationException)
        {
            Console.Error.WriteLine(line);
        }
    }
}
