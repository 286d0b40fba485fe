using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Keys;

namespace Relocation.Testing;

/// <summary>What a <see cref="TestDatabase{TContext}"/> is made of.</summary>
/// <typeparam name="TContext">The context of its tables.</typeparam>
public sealed record TestDatabaseOptions<TContext> : DatabaseOptions
    where TContext : DbContext
{
    /// <summary>Creates the options of a database of a context.</summary>
    public TestDatabaseOptions()
        : base(SchemaSource.EnsureCreated)
    {
    }

    /// <summary>
    /// Makes a context; the options name the database. Default: its public constructor that takes
    /// <c>DbContextOptions&lt;TContext&gt;</c> or <c>DbContextOptions</c>, and else optional parameters.
    /// </summary>
    [Option(OptionKind.Rows)]
    public Func<DbContextOptions<TContext>, TContext> CreateContext { get; init; } = ContextConstructor.Create;

    /// <summary>How backups call the context's entities. Default: the defaults of <see cref="RelocationModelOptions"/>.</summary>
    [Option(OptionKind.Rows)]
    public RelocationModelOptions ModelOptions { get; init; } = new();

    /// <summary>
    /// Adds to the baseline what no backup holds, after the imports. Changes of the context are saved for it. Default: nothing.
    /// </summary>
    [Option(OptionKind.Rows)]
    public Func<TContext, CancellationToken, Task>? Seed { get; init; }

    /// <summary>Makes a context of a database, and lets it in only if it opens that one.</summary>
    /// <exception cref="UnsafeDatabaseException">It opens another one.</exception>
    internal TContext Create(ContextEntrance entrance)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        entrance.Prepare(builder);
        return entrance.Admit(CreateContext(builder.Options));
    }

    /// <summary>Makes a context that works in a transaction.</summary>
    /// <exception cref="UnsafeDatabaseException">It opens a connection of its own.</exception>
    internal TContext Create(ContextEntrance entrance, DbTransaction transaction)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        entrance.Prepare(builder, transaction.Connection!);
        var context = entrance.Admit(CreateContext(builder.Options), transaction.Connection);
        context.Database.UseTransaction(transaction);
        return context;
    }

    internal override TestDatabaseSetup ToSetup()
    {
        Check();
        return new TestDatabaseSetup(this)
        {
            Model = new Lazy<RelocationModel>(ReadModel),
            Seed = Seed is null ? null : (_, connectionString, cancellationToken) => SeedAsync(connectionString, cancellationToken),
            CreateContext = CreateContext is null ? throw DatabaseErrors.MissingOption(nameof(CreateContext)) : Create,
            ModelOptions = ModelOptions ?? throw DatabaseErrors.MissingOption(nameof(ModelOptions)),
            EntityTypes = new Lazy<EntityTypes>(ReadEntityTypes),
        };
    }

    /// <summary>The model depends on the engine, not on the database: no connection is opened for it.</summary>
    private RelocationModel ReadModel()
    {
        using var context = Create(ContextEntrance.OfModel(Target.Engine));
        return RelocationModel.FromContext(context, ModelOptions);
    }

    private EntityTypes ReadEntityTypes()
    {
        using var context = Create(ContextEntrance.OfModel(Target.Engine));
        return new EntityTypes(context, ModelOptions);
    }

    private async Task SeedAsync(string connectionString, CancellationToken cancellationToken)
    {
        var context = Create(new ContextEntrance(Target.Engine, connectionString));
        await using (context.ConfigureAwait(false))
        {
            await Seed!(context, cancellationToken).ConfigureAwait(false);
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
