using System.Runtime.ExceptionServices;
using Relocation.Testing.Databases;
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
    /// The first test database, which the others are copies of, as its last test left it. Asking for it throws what went wrong
    /// when it was made. Tests use that of their lease.
    /// </summary>
    /// <exception cref="InvalidOperationException">The baseline was not started.</exception>
    public TestDatabase Database
    {
        get
        {
            _failure?.Throw();
            return _pool?.First ?? throw Errors.BaselineNotStarted();
        }
    }

    /// <summary>
    /// Why tests may be skipped rather than fail: the machine has no such database and is no build server. Otherwise null.
    /// </summary>
    public string? SkipReason =>
        _failure?.SourceException is DatabaseUnavailableException unavailable && !SnapshotEnvironment.Current().IsBuildServer
            ? Errors.NotRun(unavailable)
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
    /// <param name="to">What the database is put back to. Default: the baseline.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InvalidOperationException">The baseline was not started.</exception>
    /// <exception cref="ResetException">The database cannot be put back.</exception>
    public async Task<TestLease> LeaseAsync(ResetTo to = ResetTo.Baseline, CancellationToken cancellationToken = default)
    {
        _failure?.Throw();
        var pool = _pool ?? throw Errors.BaselineNotStarted();
        var database = await pool.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await database.ResetAsync(to, cancellationToken).ConfigureAwait(false);
            return new TestLease(database, pool);
        }
        catch
        {
            await pool.ReturnAsync(database).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Disposes the test databases. Those that were kept stay; one that a test still has, since it ran out of time for example, goes when its
    /// lease is disposed.
    /// </summary>
    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;
}
