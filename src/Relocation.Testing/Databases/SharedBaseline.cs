using System.Runtime.ExceptionServices;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing;

/// <summary>A baseline that is made once, and that many tests lease a database of.</summary>
/// <remarks>
/// What the packages for test frameworks are made of, and what others can use: <see cref="StartAsync"/> before the first
/// test, <see cref="LeaseAsync"/> before each, its disposal after each, <see cref="DisposeAsync"/> after the last. Tests
/// that run in parallel take turns. A database is put back before a test and not after it: so a test that was killed spoils
/// nothing, and what a failed test left can be looked at.
/// </remarks>
public sealed class SharedBaseline : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<TestDatabase>> _create;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TestDatabase? _database;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes a baseline that is not started.</summary>
    /// <param name="create">Makes the test database, once.</param>
    public SharedBaseline(Func<CancellationToken, Task<TestDatabase>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _create = create;
    }

    /// <summary>The test database. Asking for it throws what went wrong when it was made.</summary>
    /// <exception cref="InvalidOperationException">The baseline was not started.</exception>
    public TestDatabase Database
    {
        get
        {
            _failure?.Throw();
            return _database ?? throw Errors.BaselineNotStarted();
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
            _database = await _create(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Gives a test a database for its own use, put back. Waits while another test has it.</summary>
    /// <param name="to">What the database is put back to. Default: the baseline.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InvalidOperationException">The baseline was not started.</exception>
    /// <exception cref="ResetException">The database cannot be put back.</exception>
    public async Task<TestLease> LeaseAsync(ResetTo to = ResetTo.Baseline, CancellationToken cancellationToken = default)
    {
        var database = Database;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await database.ResetAsync(to, cancellationToken).ConfigureAwait(false);
            return new TestLease(database, _turn);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Disposes the test database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_database is { } database)
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }
}
