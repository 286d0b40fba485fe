using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;

namespace Relocation.Testing;

/// <summary>One version of an application's tables, for matrices of backups and versions.</summary>
public sealed class SchemaVersion
{
    private readonly Func<DatabaseEngine, RelocationModel> _createModel;
    private readonly Func<DatabaseEngine, SchemaSource> _createSchema;

    /// <summary>Describes a version.</summary>
    /// <param name="name">The version's name, as tables and tests show it.</param>
    /// <param name="createModel">Makes the version's model for one kind of database.</param>
    /// <param name="createSchema">Where its tables come from. Default: <see cref="SchemaSource.FromModel"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public SchemaVersion(
        string name, Func<DatabaseEngine, RelocationModel> createModel, Func<DatabaseEngine, SchemaSource>? createSchema = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(createModel);
        Name = name;
        _createModel = createModel;
        _createSchema = createSchema ?? (static _ => SchemaSource.FromModel);
    }

    /// <summary>The version's name.</summary>
    public string Name { get; }

    /// <summary>A version that an EF Core context describes: its model, and the tables that <c>EnsureCreated</c> would make.</summary>
    /// <typeparam name="TContext">The context of that version.</typeparam>
    /// <param name="name">The version's name. Default: the context's.</param>
    /// <param name="createContext">
    /// Makes a context. Default: its public constructor that takes <c>DbContextOptions&lt;TContext&gt;</c> or <c>DbContextOptions</c>,
    /// and else optional parameters.
    /// </param>
    /// <param name="options">How backups call the context's entities, and what older ones call them; or null for the defaults.</param>
    public static SchemaVersion OfContext<TContext>(
        string? name = null, Func<DbContextOptions<TContext>, TContext>? createContext = null, RelocationModelOptions? options = null)
        where TContext : DbContext
    {
        var create = createContext ?? ContextConstructor.Create;
        return new SchemaVersion(
            name ?? typeof(TContext).Name,
            engine =>
            {
                using var context = Create(engine);
                return RelocationModel.FromContext(context, options);
            },
            engine => SchemaSource.From((connection, cancellationToken) => CreateTablesAsync(() => Create(engine), connection, cancellationToken)));

        TContext Create(DatabaseEngine engine)
        {
            var builder = new DbContextOptionsBuilder<TContext>();
            var entrance = ContextEntrance.OfModel(engine);
            entrance.Prepare(builder);
            return entrance.Admit(create(builder.Options));
        }
    }

    /// <summary>Makes the version's model.</summary>
    /// <param name="engine">The kind of database.</param>
    public RelocationModel CreateModel(DatabaseEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return _createModel(engine);
    }

    /// <summary>Where the version's tables come from.</summary>
    /// <param name="engine">The kind of database.</param>
    public SchemaSource CreateSchema(DatabaseEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return _createSchema(engine);
    }

    /// <summary>The version's name.</summary>
    public override string ToString() => Name;

    private static async Task CreateTablesAsync(Func<DbContext> create, DbConnection connection, CancellationToken cancellationToken)
    {
        var context = create();
        await using (context.ConfigureAwait(false))
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
#pragma warning disable CA2100 // EF Core makes the script from the user's own model.
                command.CommandText = context.Database.GenerateCreateScript();
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
