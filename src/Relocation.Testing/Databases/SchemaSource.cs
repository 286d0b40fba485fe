using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Schemas;

namespace Relocation.Testing;

/// <summary>Where the tables of a test database come from.</summary>
public sealed class SchemaSource
{
    private readonly Func<SchemaRequest, CancellationToken, Task> _create;

    private SchemaSource(string? name, Func<SchemaRequest, CancellationToken, Task> create)
    {
        Name = name;
        _create = create;
    }

    /// <summary>Nobody makes tables: the database has them already.</summary>
    public static SchemaSource None { get; } = new(nameof(None), static (_, _) => Task.CompletedTask);

    /// <summary>The tables that the relocation model describes, made by this library; the database has none of them yet.</summary>
    public static SchemaSource FromModel { get; } = new(nameof(FromModel), static (request, cancellationToken) =>
        ModelSchema.CreateAsync(request.Connection, request.Model.Value, request.Engine, cancellationToken));

    /// <summary>
    /// EF Core's <c>EnsureCreated</c>: nothing is done where the database has tables. A context that shares tables with another one, which
    /// makes them (<c>ExcludeFromMigrations</c>), is refused: its tables would be missing.
    /// </summary>
    public static SchemaSource EnsureCreated { get; } = OfContext(
        nameof(EnsureCreated), static async (context, cancellationToken) =>
        {
            if (await context.Database.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false)
                && ContextTables.OfOthers(context) is { Count: > 0 } others)
            {
                throw SchemaErrors.TablesOfOtherContext(context.GetType().Name, others);
            }
        });

    /// <summary>EF Core's migrations, all that are pending.</summary>
    public static SchemaSource Migrate { get; } = OfContext(
        nameof(Migrate), static (context, cancellationToken) => context.Database.MigrateAsync(cancellationToken));

    /// <summary>The name of the source, or null where it is a method of the user's.</summary>
    internal string? Name { get; }

    /// <summary>The tables are made by a method of the user's.</summary>
    /// <param name="create">Makes the tables, on an open connection.</param>
    public static SchemaSource From(Func<DbConnection, CancellationToken, Task> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new SchemaSource(null, (request, cancellationToken) => create(request.Connection, cancellationToken));
    }

    /// <summary>Creates those tables of a model that the database does not have, all or none of them; what is there is not looked into.</summary>
    /// <param name="connection">An open connection that has no transaction.</param>
    /// <param name="model">The model.</param>
    /// <param name="engine">The connection's engine; the model's store types are this engine's.</param>
    /// <param name="cancellationToken">Cancels the operation; the database is then as it was.</param>
    /// <returns>The names of the tables that were made: none where all were there.</returns>
    /// <exception cref="RelocationModelException">Two models share a table, or the database refuses a table. The database is as it was.</exception>
    public static Task<IReadOnlyList<string>> CreateMissingTablesAsync(
        DbConnection connection, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(engine);
        return ModelSchema.CreateMissingAsync(connection, model, engine, cancellationToken);
    }

    internal Task CreateAsync(SchemaRequest request, CancellationToken cancellationToken) => _create(request, cancellationToken);

    private static SchemaSource OfContext(string name, Func<DbContext, CancellationToken, Task> create) =>
        new(name, async (request, cancellationToken) =>
        {
            var createContext = request.CreateContext ?? throw DatabaseErrors.SchemaNeedsContext(name);
            var context = createContext();
            await using (context.ConfigureAwait(false))
            {
                await create(context, cancellationToken).ConfigureAwait(false);
            }
        });
}
