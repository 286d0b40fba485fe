using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Databases;

/// <summary>
/// The one way in for contexts that the user's code makes: what a context really opens is compared with the database that was leased
/// for it, when it has been made and whenever it opens a connection, before any statement runs.
/// </summary>
/// <remarks>
/// A context may set its connection in <c>OnConfiguring</c>, ignore the options that it was given, or lead its connection elsewhere later. As
/// an interceptor of the options it sees what a constructor opens; through the connection itself, what a context opens that took no options.
/// </remarks>
/// <param name="engine">The kind of database.</param>
/// <param name="connectionString">The database; empty where only the model is read, so that no database of anybody's may be opened.</param>
internal sealed class ContextEntrance(DatabaseEngine engine, string connectionString) : DbConnectionInterceptor
{
    private static readonly ConditionalWeakTable<DbConnection, Pass> Passes = [];

    /// <summary>How the connection was spelled that was last found to lead to the database: nearly always the same.</summary>
    private string? _admitted;

    internal string ConnectionString => connectionString;

    /// <summary>Where the connections are noted that contexts open; null where nobody asks.</summary>
    internal OpenedConnections? Opened { get; init; }

    /// <summary>Contexts of which only the model is read: they have no database.</summary>
    internal static ContextEntrance OfModel(DatabaseEngine engine) => new(engine, string.Empty);

    /// <summary>Points options at the database, and has the contexts that take them watched from their first statement on.</summary>
    internal void Prepare(DbContextOptionsBuilder builder, DbConnection? connection = null)
    {
        if (connection is null)
        {
            engine.UseDatabase(builder, connectionString);
        }
        else
        {
            engine.UseDatabase(builder, connection);
        }

        builder.AddInterceptors(this);
    }

    /// <summary>
    /// Options that an application has made, pointed at the database. What they say beside it stays; what another provider was told goes with that.
    /// </summary>
    internal DbContextOptions Over(DbContextOptions options)
    {
        var probe = new DbContextOptionsBuilder();
        Prepare(probe);
        var provider = probe.Options.Extensions.Single(IsProvider).GetType();
        var kept = options.Extensions.Where(extension => !IsProvider(extension) || extension.GetType() == provider)
            .ToDictionary(extension => extension.GetType());
        var own = Activator.CreateInstance(typeof(DbContextOptions<>).MakeGenericType(options.ContextType), kept);
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(options.ContextType), own)!;
        Prepare(builder);
        return builder.Options;
    }

    private static bool IsProvider(IDbContextOptionsExtension extension) => extension.Info.IsDatabaseProvider;

    /// <summary>Lets a new context in, or disposes it.</summary>
    /// <param name="context">The context.</param>
    /// <param name="connection">The connection that it must work on, or null where it may have its own.</param>
    /// <exception cref="UnsafeDatabaseException">It opens another database, or one of another provider.</exception>
    internal TContext Admit<TContext>(TContext context, DbConnection? connection = null)
        where TContext : DbContext
    {
        try
        {
            var own = Own(context);
            if (connectionString.Length > 0)
            {
                Check(own, context.GetType());
                if (connection is not null && own != connection)
                {
                    throw DatabaseErrors.ContextOutsideTransaction(context.GetType());
                }

                Watch(own, context);
            }

            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Check(connection, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Check(connection, eventData);
        return ValueTask.FromResult(result);
    }

    /// <summary>Interceptors of the user's may have led the connection elsewhere after it had been looked at.</summary>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        Check(connection, eventData);
        Opened?.Add(connection);
    }

    /// <inheritdoc cref="ConnectionOpened" />
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The provider opens connections of its own beside the context's: to look whether the database is there, to make and to drop it. They
    /// follow the context's, so that one is judged.
    /// </summary>
    private void Check(DbConnection connection, ConnectionEventData eventData) => Check(
        eventData.Context is { } context ? Own(context) : connection, eventData.Context?.GetType() ?? typeof(DbContext));

    private void Check(DbConnection connection, Type context)
    {
        var spelled = connection.ConnectionString;
        if (spelled == connectionString || spelled == _admitted)
        {
            return;
        }

        if (!engine.Owns(connection) || !engine.LeadsTo(connection, connectionString))
        {
            if (connection.State != ConnectionState.Closed)
            {
                connection.Close();
            }

            throw DatabaseErrors.ContextOpensOther(
                context, engine.Owns(connection) ? engine.Describe(connection) : Shown(connection), engine, connectionString);
        }

        _admitted = spelled;
    }

    private DbConnection Own(DbContext context)
    {
        if (context.Database.IsRelational() && context.Database.GetDbConnection() is { } connection && engine.Owns(connection))
        {
            return connection;
        }

        throw DatabaseErrors.ContextOfOtherProvider(context.GetType(), context.Database.ProviderName, engine);
    }

    private void Watch(DbConnection connection, DbContext context)
    {
        Passes.AddOrUpdate(connection, new Pass(this, new WeakReference<DbContext>(context)));
        connection.StateChange -= OnStateChange;
        connection.StateChange += OnStateChange;
    }

    /// <summary>A connection of the user's may outlive its context, and is then the user's own business.</summary>
    private static void OnStateChange(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Open && sender is DbConnection connection && Passes.TryGetValue(connection, out var pass)
            && pass.Context.TryGetTarget(out var context) && Works(context, connection))
        {
            pass.Entrance.Check(connection, context.GetType());
        }
    }

    private static bool Works(DbContext context, DbConnection connection)
    {
        try
        {
            return context.Database.GetDbConnection() == connection;
        }
        catch (ObjectDisposedException)
        {
            Passes.Remove(connection);
            return false;
        }
    }

    private static string Shown(DbConnection connection) => $"a connection of type '{connection.GetType().Name}'";

    private sealed record Pass(ContextEntrance Entrance, WeakReference<DbContext> Context);
}
