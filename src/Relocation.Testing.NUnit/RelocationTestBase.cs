using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Relocation.Testing;

/// <summary>What <see cref="RelocationTest"/> and <see cref="RelocationTest{TContext}"/> share; derive from one of these.</summary>
public abstract class RelocationTestBase : IAsyncDisposable
{
    private readonly SharedBaseline _baseline;

    // Tests of one instance may run in parallel, each with its lease.
    private readonly ConcurrentDictionary<string, TestLease> _leases = [];

    private protected RelocationTestBase() => _baseline = new SharedBaseline(CreateAsync);

    /// <summary>This test's database.</summary>
    /// <remarks>Asking for it throws what went wrong when it was made.</remarks>
    protected TestDatabase Database =>
        _leases.TryGetValue(TestContext.CurrentContext.Test.ID, out var lease) ? lease.Database : _baseline.Database;

    /// <summary>What each test of the class begins with. Default: the baseline.</summary>
    protected virtual ResetTo StartFrom => ResetTo.Baseline;

    /// <summary>
    /// Whether tests are skipped at a desk where the database is not available, instead of failing. Default: no. On a build
    /// server they always fail.
    /// </summary>
    protected virtual bool SkipWhenUnavailable => false;

    /// <summary>Makes the test database. NUnit calls it. What goes wrong is thrown by each test, not here.</summary>
    [OneTimeSetUp]
    public Task StartBaselineAsync() => _baseline.StartAsync(TestContext.CurrentContext.CancellationToken);

    /// <summary>Waits for the database and puts it back. NUnit calls it before each test.</summary>
    [SetUp]
    public async Task LeaseDatabaseAsync()
    {
        if (SkipWhenUnavailable && _baseline.SkipReason is { } reason)
        {
            Assert.Ignore(reason);
        }

        var context = TestContext.CurrentContext;
        _leases[context.Test.ID] = await _baseline.LeaseAsync(StartFrom, context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says where the database is when the test failed, and gives it to the next test. NUnit calls it after each test.</summary>
    [TearDown]
    public async Task ReturnDatabaseAsync()
    {
        if (_leases.TryRemove(TestContext.CurrentContext.Test.ID, out var lease))
        {
            if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            {
                await TestContext.Out.WriteLineAsync($"Test database: {lease.Database}").ConfigureAwait(false);
            }

            await lease.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Removes the test database where it was made for this purpose. NUnit calls it after the last test.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _baseline.DisposeAsync();
    }

    /// <summary>Compares a pk map with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a test case are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="map">The map.</param>
    /// <param name="options">Form and places, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or something else.</exception>
    protected static Task CheckAsync(
        PrimaryKeyMap map, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(
            map, Named(options), sourceFile, cancellationToken: TestContext.CurrentContext.CancellationToken));

    /// <summary>Compares text with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a test case are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">Places, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or something else.</exception>
    protected static Task CheckAsync(
        string text, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(
            text, Named(options), sourceFile, cancellationToken: TestContext.CurrentContext.CancellationToken));

    private protected abstract Task<TestDatabase> CreateAsync(CancellationToken cancellationToken);

    private static SnapshotOptions Named(SnapshotOptions? options)
    {
        options ??= new SnapshotOptions();
        var test = TestContext.CurrentContext.Test;
        if (options.Name is not null || test.MethodInfo is not { DeclaringType: { } type } method)
        {
            return options;
        }

        var arguments = method.GetParameters().Zip(test.Arguments, (parameter, value) => (parameter.Name ?? string.Empty, value));
        return options with { Name = SnapshotName.Of(type, method.Name, arguments) };
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
