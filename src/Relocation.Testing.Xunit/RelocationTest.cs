using System.Runtime.CompilerServices;
using Relocation.Testing.Xunit.Running;
using Xunit;
using Xunit.Abstractions;

namespace Relocation.Testing;

/// <summary>Base class of tests that each start from the baseline, or from an empty database.</summary>
/// <remarks>
/// <para>
/// Each test has a database of its own, a copy of the fixture's, so tests run in parallel as configured in xUnit. A database is reset
/// before a test, not after it, so a killed test does no harm. A test that ran out of time may go on: no other test gets its database.
/// </para>
/// <para>
/// Of tests with <see cref="RelocationFactAttribute"/>, <see cref="RelocationTheoryAttribute"/> and <see cref="BackupMatrixAttribute"/>, a
/// failed test's database is kept, and the test's output says where. xUnit v2 does not tell other tests whether they failed.
/// </para>
/// </remarks>
public abstract class RelocationTest : IAsyncLifetime, IDisposable
{
    private readonly DatabaseFixture _fixture;
    private readonly CurrentTest _test;
    private Task _initialization = Task.CompletedTask;
    private SharedBaseline? _matrixBaseline;
    private TestLease? _lease;
    private int _hasEnded;

    /// <summary>Creates a test with a fixture's database.</summary>
    /// <param name="fixture">The fixture, passed by xUnit to the test's constructor.</param>
    /// <param name="output">
    /// The test's output, passed by xUnit to the test's constructor. Null, the default, is enough for tests with <see cref="RelocationFactAttribute"/>
    /// or <see cref="RelocationTheoryAttribute"/>; others have no name without it, and write to the standard error output.
    /// </param>
    protected RelocationTest(DatabaseFixture fixture, ITestOutputHelper? output = null)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        _fixture = fixture;
        _test = new CurrentTest(GetType(), output);
    }

    /// <summary>This test's database.</summary>
    /// <remarks>Reading it throws the error that occurred when it was made.</remarks>
    protected TestDatabase Database => _lease?.Database ?? _fixture.Database;

    /// <summary>The backup and the engine of a test with <see cref="BackupMatrixAttribute"/>; null in other tests.</summary>
    protected BackupCase? BackupCase => _test.Matrix?.Case;

    /// <summary>What each test of the class starts from. Default: the baseline.</summary>
    protected virtual ResetTo StartFrom => ResetTo.Baseline;

    /// <summary>Leases the test's database. Overrides call it first.</summary>
    public virtual Task InitializeAsync() => _initialization = LeaseAsync();

    /// <summary>Reports where a failed test's database is, and returns it. Overrides call it last. A second call does nothing.</summary>
    public virtual Task DisposeAsync() => EndAsync(isEarly: false);

    /// <summary>Does the same where xUnit has not called <see cref="DisposeAsync"/>: the test ran out of time, or could not start.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the test where it has not ended. Overrides call it last.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> is called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // xUnit offers no other moment, and what is waited for needs none of its few threads.
            Task.Run(() => EndAsync(isEarly: true)).GetAwaiter().GetResult();
        }
    }

    /// <summary>Compares a pk map with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a theory are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="map">The map.</param>
    /// <param name="options">Form and paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <param name="member">The test's method, where xUnit does not tell it; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    /// <exception cref="InvalidOperationException">
    /// xUnit does not tell a test's name or arguments: the test has <c>[Fact]</c> or <c>[Theory]</c>, and the class takes no output.
    /// </exception>
    protected Task CheckAsync(
        PrimaryKeyMap map, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "", [CallerMemberName] string member = "") =>
        ReportAsync(ApprovedSnapshot.CheckAsync(map, _test.Named(options, member), sourceFile, member, _test.CancellationToken));

    /// <summary>Compares text with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a theory are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">Paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <param name="member">The test's method, where xUnit does not tell it; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    /// <exception cref="InvalidOperationException">
    /// xUnit does not tell a test's name or arguments: the test has <c>[Fact]</c> or <c>[Theory]</c>, and the class takes no output.
    /// </exception>
    protected Task CheckAsync(
        string text, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "", [CallerMemberName] string member = "") =>
        ReportAsync(ApprovedSnapshot.CheckAsync(text, _test.Named(options, member), sourceFile, member, _test.CancellationToken));

    /// <summary>Disposes what a derived class has made for the test, unless the test may still use it.</summary>
    private protected virtual ValueTask DisposeOwnAsync() => ValueTask.CompletedTask;

    /// <summary>xUnit v2 attaches no files to a test: it says where they are.</summary>
    private async Task ReportAsync(Task check)
    {
        try
        {
            await check.ConfigureAwait(false);
        }
        catch (SnapshotMismatchException mismatch)
        {
            foreach (var path in new[] { mismatch.ReceivedPath, mismatch.DiffPath }.OfType<string>())
            {
                _test.WriteLine($"Received: {path}");
            }

            throw;
        }
    }

    private async Task LeaseAsync()
    {
        var baseline = _fixture.Baseline;
        if (BackupCase is { } backup)
        {
            baseline = _matrixBaseline = _fixture.CreateBaseline(backup);
            await baseline.StartAsync(_test.CancellationToken).ConfigureAwait(false);
        }

        if (_test.CanBeSkipped && (_fixture.SkipWhenUnavailable || _matrixBaseline is not null) && baseline.SkipReason is { } reason)
        {
            throw new TestSkippedException(reason);
        }

        _lease = await baseline.LeaseForAsync(_test.Name, StartFrom, _test.WriteLine, _test.CancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(bool isEarly)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        await _initialization.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (_lease is { } lease)
            {
                await EndAsync(lease, isEarly).ConfigureAwait(false);
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

    private async Task EndAsync(TestLease lease, bool isEarly)
    {
        var (hasFailed, isUnfinished) = _test.End(isEarly);
        if (isUnfinished)
        {
            lease.Abandon();
        }
        else
        {
            await DisposeOwnAsync().ConfigureAwait(false);
        }

        if (hasFailed)
        {
            _test.WriteLine($"Test database: {lease.Database}");
            _test.WriteLine(await KeepAsync(lease).ConfigureAwait(false));
        }

        await lease.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Reports what happened to a failed test's database.</summary>
    private async Task<string> KeepAsync(TestLease lease)
    {
        try
        {
            return (await lease.KeepAsync(_test.FileName, CancellationToken.None).ConfigureAwait(false)).ToString();
        }
        catch (DatabaseNotKeptException exception)
        {
            return exception.Message;
        }
    }
}
