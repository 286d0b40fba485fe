using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Engines;
using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>A kind of database that backups can be imported into: SQLite or PostgreSQL.</summary>
/// <remarks>Users hold one; only this library makes them.</remarks>
public abstract class DatabaseEngine : INamed
{
    private protected DatabaseEngine()
    {
    }

    /// <summary>The engine's name, as messages show it.</summary>
    public abstract string Name { get; }

    /// <summary>The engine's name.</summary>
    public override string ToString() => Name;

    /// <summary>
    /// Where databases come from that are made beside the one of a connection and removed with their test database: in memory for SQLite, new
    /// ones on the same server for PostgreSQL.
    /// </summary>
    /// <param name="connection">
    /// A connection of the engine. One to PostgreSQL that this library did not make does not tell its password once it was opened, unless its string
    /// says <c>Persist Security Info=true</c>; where the server asks for one, and no password file has it, give a target of your own.
    /// </param>
    /// <exception cref="InvalidOperationException">The connection is not one of this engine.</exception>
    public abstract DatabaseTarget TargetBeside(DbConnection connection);

    /// <summary>
    /// Does work of the caller's own on a database, and says in words what the driver says in its own: which fault it is, and what helps.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="connection">The connection that the work uses.</param>
    /// <param name="what">What is not done when it fails, and how things then stand: a sentence without its full stop.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="DatabaseException">The database did not do what it was asked.</exception>
    public Task<T> TranslateFaultsAsync<T>(DbConnection connection, string what, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(what);
        ArgumentNullException.ThrowIfNull(work);
        return TranslateAsync(() => what, work, fault => Owns(connection) ? Placed(fault, connection) : fault);
    }

    /// <summary>How the engine spells what tables are made of.</summary>
    internal abstract SchemaDialect Schema { get; }

    /// <summary>The type of a column of bytes.</summary>
    internal abstract string BytesType { get; }

    /// <summary>A closed connection.</summary>
    internal abstract DbConnection CreateConnection(string connectionString);

    /// <summary>The name, quoted so that any character and any reserved word is safe.</summary>
    internal abstract string Quote(string identifier);

    /// <summary>Whether this engine's connections are of that type.</summary>
    internal abstract bool Owns(DbConnection connection);

    /// <summary>The name by which a connection was told of its database: a file's name, for a file. Empty where it was told none.</summary>
    internal abstract string DatabaseName(DbConnection connection);

    /// <summary>What the database of an open connection really is, whatever links and servers made of the name.</summary>
    /// <param name="connection">The connection, open.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal abstract Task<RealDatabase> RealDatabaseAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Whether a connection of this engine leads to a database, however either is spelled. Nothing is written, and no missing file is made.</summary>
    /// <param name="connection">The connection, open or closed.</param>
    /// <param name="connectionString">The database; empty for none, to which only connections lead that can meet nobody's data.</param>
    internal abstract bool LeadsTo(DbConnection connection, string connectionString);

    /// <summary>Where a connection of this engine leads, in words, without what is secret.</summary>
    internal abstract string Describe(DbConnection connection);

    /// <summary>Where a connection string leads, in words, without what is secret.</summary>
    internal string Describe(string connectionString)
    {
        using var connection = CreateConnection(connectionString);
        return Describe(connection);
    }

    /// <summary>Prepares an import into the tables of <paramref name="loads"/>: a transaction, locks, foreign keys set aside.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="outer">The caller's transaction, or null to begin one.</param>
    /// <param name="loads">What will be written.</param>
    /// <param name="prepare">What is done first in the transaction, or null; it may make the tables. Null in a transaction of the caller's.</param>
    /// <param name="patience">How long locks of others are waited for.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal abstract Task<ImportTransaction> BeginImportAsync(
        DbConnection connection,
        DbTransaction? outer,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken);

    /// <summary>
    /// The same for an import that is committed chunk by chunk: foreign keys stay, so that they hold after each chunk. Until each commit, other
    /// imports of this kind wait.
    /// </summary>
    internal abstract Task<ImportTransaction> BeginChunkedImportAsync(
        DbConnection connection,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken);

    /// <summary>Prepares an export: a transaction that sees the database at one moment.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="outer">The caller's transaction, or null to begin one.</param>
    /// <param name="patience">How long locks of others are waited for.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal abstract Task<ExportTransaction> BeginExportAsync(
        DbConnection connection, DbTransaction? outer, Patience patience, CancellationToken cancellationToken);

    /// <summary>Points a context at a database.</summary>
    internal abstract void UseDatabase(DbContextOptionsBuilder builder, string connectionString);

    /// <summary>Points a context at a database through a connection that it leaves open.</summary>
    internal abstract void UseDatabase(DbContextOptionsBuilder builder, DbConnection connection);

    /// <summary>Empties the database through Respawn and restarts its key counters.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="options">What to leave alone.</param>
    /// <param name="patience">How long locks of others are waited for.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    /// <exception cref="ResetException">The options do not fit the database.</exception>
    /// <exception cref="KnownFaultException">Others had it in use for too long.</exception>
    internal abstract Task ResetToEmptyAsync(DbConnection connection, ResetOptions options, Patience patience, CancellationToken cancellationToken);

    /// <summary>What is still going on on an open connection, as <c>a transaction is open</c>, or null where nothing is.</summary>
    internal virtual string? WorkOf(DbConnection connection) => null;

    /// <summary>The way in which a database is put back to its baseline.</summary>
    /// <param name="lease">The database.</param>
    /// <param name="strategy">The way that was asked for.</param>
    internal abstract ChosenReset CreateBaselineReset(DatabaseLease lease, ResetStrategy strategy);

    /// <summary>What the database's error codes are called.</summary>
    internal abstract string CodeName { get; }

    /// <summary>What an exception of the driver means, or null for any other exception. What it wraps is not looked at.</summary>
    internal abstract DriverFault? FaultOf(Exception exception);

    /// <summary>A fault of a place, with which one it is and who chose it; any other as it is.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="connection">A connection to the database, open or closed.</param>
    internal virtual DriverFault Placed(DriverFault fault, DbConnection connection) => fault;

    /// <summary>The same, where only a connection string tells of the place.</summary>
    internal DriverFault Placed(DriverFault fault, string connectionString)
    {
        using var connection = CreateConnection(connectionString);
        return Placed(fault, connection);
    }

    /// <summary>What the driver said that led to an exception, whoever has put it into words; null where it said nothing.</summary>
    internal DriverFault? FaultBehind(Exception exception)
    {
        for (var within = exception; within is not null; within = within.InnerException)
        {
            if (FaultOf(within) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Does work on a database, and says in words what the driver says in its own.</summary>
    /// <param name="what">What is not done when that fails, and how things then stand: a sentence without its full stop.</param>
    /// <param name="work">The work.</param>
    /// <param name="place">Adds to a fault what is known of its place, as <see cref="Placed(DriverFault, DbConnection)"/> does; null where there is none yet.</param>
    /// <exception cref="DatabaseException">The database did not do what it was asked, for a reason that is not in the records.</exception>
    internal async Task<T> TranslateAsync<T>(Func<string> what, Func<Task<T>> work, Func<DriverFault, DriverFault>? place = null)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (FaultWithin(exception) is { } fault)
        {
            throw FaultErrors.DatabaseFailed(this, what(), place?.Invoke(fault) ?? fault, exception);
        }
    }

    /// <inheritdoc cref="TranslateAsync{T}(Func{string}, Func{Task{T}}, Func{DriverFault, DriverFault})" />
    internal Task TranslateAsync(Func<string> what, Func<Task> work, Func<DriverFault, DriverFault>? place = null) => TranslateAsync(
        what,
        async () =>
        {
            await work().ConfigureAwait(false);
            return true;
        },
        place);

    /// <summary>
    /// What the driver said within an exception, or null where that is another matter. Refusals of ours that were made of what the driver said
    /// keep their own words, unless the environment is at fault, which is then neither the row's fault nor the schema's.
    /// </summary>
    internal DriverFault? FaultWithin(Exception exception) => FaultWithin(exception, FaultOf);

    /// <summary>The same for what is below an engine and cannot ask it.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="faultOf">What the driver says by an exception of its own.</param>
    internal static DriverFault? FaultWithin(Exception exception, Func<Exception, DriverFault?> faultOf)
    {
        for (var within = exception; within is not null; within = within.InnerException)
        {
            if (within is OperationCanceledException
                || within is RelocationException { WrapsFaults: false })
            {
                return null;
            }

            if ((within is KnownFaultException known ? known.Fault : faultOf(within)) is { } fault)
            {
                // Where a right is missing, our own words say which, and who can give it.
                return exception is not RelocationException || fault is { IsEnvironment: true, Fault: not DatabaseFault.NotAllowed } ? fault : null;
            }
        }

        return null;
    }
}
