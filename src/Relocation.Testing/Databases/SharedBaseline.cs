using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing;

/// <summary>A baseline that is made once, and that many tests lease a database of.</summary>
/// <remarks>
/// <para>
/// What the packages for test frameworks are made of, and what others can use: <see cref="StartAsync"/> before the first
/// test, <see cref="LeaseAsync"/> before each, its disposal after each, <see cref="DisposeAsync"/> after the last.
/// </para>
/// <para>
/// Tests run in parallel, each with a database of its own: the baseline is made once, and further databases are copied from it
/// when they are needed, at most as many as <c>MaxDatabases</c> of the options says; then tests wait. A database that the user
/// named (<c>SqliteTarget.File</c>, <c>PostgreSqlTarget.Existing</c>) is not copied: its tests take turns.
/// </para>
/// <para>
/// A database is put back before a test and not after it: so a test that was killed spoils nothing, and what a failed test
/// left can be looked at. <see cref="TestLease.KeepAsync"/> keeps that for after the run.
/// </para>
/// </remarks>
public sealed class SharedBaseline : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<TestDatabase>> _create;
    private readonly SemaphoreSlim _turn = new(1);
    private DatabasePool? _pool;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes a baseline that is not started.</summary>
    /// <param name="create">Makes the test database, once.</param>
    public SharedBaseline(Func<CancellationToken, Task<TestDatabase>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _create = create;
    }

    /// <summary>
    /// The first test database, which the others are copies of, as its last test left it; a copy in its place where a test has spoiled it. Asking for it throws what went wrong
    /// when it was made. Tests use that of their lease.
    /// </summary>
    /// <exception cref="InvalidOperationException">The baseline was not started.</exception>
    public TestDatabase Database
    {
        get
        {
            _failure?.Throw();
            return _pool?.First ?? throw DatabaseErrors.BaselineNotStarted();
        }
    }

    /// <summary>
    /// Why tests may be skipped rather than fail: the machine has no such database and is no build server. Otherwise null.
    /// </summary>
    public string? SkipReason =>
        _failure?.SourceException is DatabaseUnavailableException unavailable && !SnapshotEnvironment.Current().IsBuildServer
            ? DatabaseErrors.NotRun(unavailable)
            : null;

    /// <summary>Makes the test database. What goes wrong is kept, and thrown where a test uses the database.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var database = await _create(cancellationToken).ConfigureAwait(false);
            _pool = await DatabasePool.CreateAsync(database, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Gives a test a database for its own use, put back. Waits while other tests have as many as there may be.</summary>
    /// <remarks>
    /// A database that is not known to be at its baseline is thrown away, and another one copied. Where nothing is left to copy from, since the
    /// server has ended for example, the baseline is made anew.
    /// </remarks>
    /// <param name="to">What the database is put back to. Default: the baseline.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="test">The test's name, by which messages call it. Default: the name of the calling method.</param>
    /// <exception cref="InvalidOperationException">The baseline was not started.</exception>
    /// <exception cref="ResetException">The database cannot be put back, and is not one that may be thrown away.</exception>
    /// <exception cref="DatabaseException">The database or its server is at fault, and did not recover within <c>WaitLimit</c>.</exception>
    public Task<TestLease> LeaseAsync(
        ResetTo to = ResetTo.Baseline, CancellationToken cancellationToken = default, [CallerMemberName] string test = "") =>
        LeaseForAsync(test, to, output: null, cancellationToken);

    /// <summary>The same, with the test's own output.</summary>
    /// <param name="test">The test's name.</param>
    /// <param name="to">What the database is put back to.</param>
    /// <param name="output">Takes what the test should know, now and when it gives the database back; null for the <c>Log</c> of the options.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal async Task<TestLease> LeaseForAsync(string test, ResetTo to, Action<string>? output, CancellationToken cancellationToken)
    {
        _failure?.Throw();
        var pool = _pool ?? throw DatabaseErrors.BaselineNotStarted();
        output ??= pool.First.Patience.Say;
        var isAgain = false;
        while (true)
        {
            try
            {
                var taken = await pool.TakeAsync(test, to, output, cancellationToken).ConfigureAwait(false);
                return new TestLease(taken, pool, output);
            }
            catch (ObjectDisposedException) when (_pool is { } other && other != pool)
            {
                // Another test has found out before us that it was lost.
                pool = other;
            }
            catch (PoolLostException lost) when (!isAgain)
            {
                isAgain = true;
                pool = await MakeAnewAsync(pool, lost, output, cancellationToken).ConfigureAwait(false);
            }
            catch (PoolLostException lost) when (lost.InnerException is { } cause)
            {
                ExceptionDispatchInfo.Throw(cause);
            }
        }
    }

    /// <summary>
    /// Disposes the test databases. Those that were kept stay; one that a test still has, since it ran out of time for example, goes when its
    /// lease is disposed.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_pool is { } pool)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    /// <summary>Makes the baseline anew, once for all who miss it. What tests still have of the old one goes with them.</summary>
    private async Task<DatabasePool> MakeAnewAsync(
        DatabasePool lost, PoolLostException reason, Action<string> output, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_pool == lost)
            {
                output(LeaseErrors.MadeAnew(reason.Message));
                var database = await _create(cancellationToken).ConfigureAwait(false);
                _pool = await DatabasePool.CreateAsync(database, cancellationToken).ConfigureAwait(false);
                await lost.DisposeAsync().ConfigureAwait(false);
            }

            return _pool!;
        }
        finally
        {
            _turn.Release();
        }
    }
}
