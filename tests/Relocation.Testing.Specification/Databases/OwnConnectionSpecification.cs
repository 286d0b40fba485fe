using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Relocation.Testing.Specification.Databases;

/// <summary>A context that opens another database than the test's is refused by name, and nothing of that database is touched.</summary>
[Case("own-connection")]
public abstract class OwnConnectionSpecification(DatabaseUnderTest engine)
{
    private const string Title = "the developer's";

    private static readonly SchemaSource[] Schemas = [SchemaSource.EnsureCreated, SchemaSource.Migrate, SchemaSource.FromModel, SchemaSource.None];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("OnConfiguring")]
    [InlineData("constructor")]
    [InlineData("constructor that makes the database")]
    [InlineData("constructor that deletes the database")]
    [InlineData("other options")]
    [InlineData("a connection")]
    [InlineData("an interceptor")]
    public async Task A_context_on_the_developers_database_is_refused_before_anything_is_made(string way)
    {
        await using var developers = await CreateDevelopersAsync();
        var before = await engine.FingerprintAsync(developers);
        foreach (var schema in Schemas)
        {
            var options = Options(Way(way, developers.ConnectionString)) with { Schema = schema };
            AssertNames(await Assert.ThrowsAsync<UnsafeDatabaseException>(() => TestDatabase.CreateAsync(options, Cancel)), developers);
        }

        Assert.Equal(before, await engine.FingerprintAsync(developers));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_context_that_is_led_elsewhere_later_is_refused_when_it_opens(bool usesOptions)
    {
        await using var developers = await CreateDevelopersAsync();
        var before = await engine.FingerprintAsync(developers);
        var own = string.Empty;
        await using var database = await TestDatabase.CreateAsync(
            Options(options => new WanderingContext(usesOptions || own.Length == 0 ? options : OptionsOf(own))), Cancel);
        own = database.ConnectionString;
        await using var context = database.CreateContext();
        Assert.Equal(0, await context.Books.CountAsync(Cancel));

        context.Database.SetConnectionString(developers.ConnectionString);

        AssertNames(await Assert.ThrowsAsync<UnsafeDatabaseException>(() => context.Books.ExecuteDeleteAsync(Cancel)), developers);
        AssertNames(Assert.Throws<UnsafeDatabaseException>(() => context.Database.EnsureDeleted()), developers);
        Assert.Equal(before, await engine.FingerprintAsync(developers));
    }

    [Fact]
    public async Task A_context_for_a_seed_is_refused_as_the_others_are()
    {
        await using var developers = await CreateDevelopersAsync();
        var before = await engine.FingerprintAsync(developers);
        var hasTables = false;
        var options = Options(options => new WanderingContext(hasTables ? OptionsOf(developers.ConnectionString) : options)) with
        {
            Schema = SchemaSource.From((_, _) =>
            {
                hasTables = true;
                return Task.CompletedTask;
            }),
            Seed = static (context, cancellationToken) => context.Books.ExecuteDeleteAsync(cancellationToken),
        };

        AssertNames(await Assert.ThrowsAsync<UnsafeDatabaseException>(() => TestDatabase.CreateAsync(options, Cancel)), developers);
        Assert.Equal(before, await engine.FingerprintAsync(developers));
    }

    [Fact]
    public async Task A_context_beside_the_transaction_of_a_rollback_is_refused()
    {
        var own = string.Empty;
        await using var database = await TestDatabase.CreateAsync(
            Options(options => new WanderingContext(own.Length == 0 ? options : OptionsOf(own))) with
            {
                Reset = new ResetOptions { Strategy = ResetStrategy.Rollback },
            },
            Cancel);
        await using (var within = database.CreateContext())
        {
            within.Add(new Book { Title = "in the transaction" });
            await within.SaveChangesAsync(Cancel);
        }

        own = database.ConnectionString;

        var exception = Assert.Throws<UnsafeDatabaseException>(database.CreateContext);
        Assert.Contains("ResetStrategy.Rollback", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_configures_itself_only_where_nobody_has_is_let_in()
    {
        await using var developers = await CreateDevelopersAsync();
        await using var database = await TestDatabase.CreateAsync(
            Options(options => new WanderingContext(options, builder =>
            {
                if (!builder.IsConfigured)
                {
                    engine.Target.Engine.UseDatabase(builder, developers.ConnectionString);
                }
            })),
            Cancel);
        await using var context = database.CreateContext();

        Assert.Equal(0, await context.Books.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_context_of_ones_own_on_the_test_database_is_let_in_however_it_is_spelled()
    {
        var own = string.Empty;
        await using var database = await TestDatabase.CreateAsync(
            Options(options => new WanderingContext(own.Length == 0 ? options : OptionsOf(own))), Cancel);
        foreach (var spelled in engine.SpellingsOf(database.ConnectionString))
        {
            own = spelled;
            await using var context = database.CreateContext();
            Assert.True(await context.Books.CountAsync(Cancel) >= 0, spelled);
        }
    }

    [Fact]
    public async Task A_context_may_delete_and_make_its_own_test_database()
    {
        await using var database = await TestDatabase.CreateAsync(Options(static options => new WanderingContext(options)), Cancel);
        await using var context = database.CreateContext();

        await context.Database.EnsureDeletedAsync(Cancel);
        await context.Database.EnsureCreatedAsync(Cancel);

        Assert.Equal(0, await context.Books.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_method_that_leads_the_connection_elsewhere_ends_the_making()
    {
        await using var developers = await CreateDevelopersAsync();
        var before = await engine.FingerprintAsync(developers);

        async Task LeadAsync(DbConnection connection, CancellationToken cancellationToken)
        {
            await connection.CloseAsync();
            connection.ConnectionString = developers.ConnectionString;
            await connection.OpenAsync(cancellationToken);
        }

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.Create("none", []),
                Schema = SchemaSource.From(LeadAsync),
                Baseline = [Backup.FromJson("[]")],
            },
            Cancel));

        Assert.Contains(NameOf(developers), exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(developers));
    }

    private static string NameOf(TestDatabase database)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = database.ConnectionString };
        return (string)builder[builder.ContainsKey("Data Source") ? "Data Source" : "Database"];
    }

    private static void AssertNames(UnsafeDatabaseException exception, TestDatabase developers)
    {
        Assert.Contains("'WanderingContext'", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{NameOf(developers)}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("IsConfigured", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("assword=", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    private Func<DbContextOptions<WanderingContext>, WanderingContext> Way(string way, string elsewhere) => way switch
    {
        "OnConfiguring" => options => new WanderingContext(options, builder => engine.Target.Engine.UseDatabase(builder, elsewhere)),
        "constructor" => options => new WanderingContext(options, construct: context => context.Database.SetConnectionString(elsewhere)),
        "constructor that makes the database" => options => new WanderingContext(
            options,
            builder => engine.Target.Engine.UseDatabase(builder, elsewhere),
            context => context.Database.EnsureCreated()),
        "constructor that deletes the database" => options => new WanderingContext(
            options,
            builder => engine.Target.Engine.UseDatabase(builder, elsewhere),
            context => context.Database.EnsureDeleted()),
        "other options" => _ => new WanderingContext(OptionsOf(elsewhere)),
        "a connection" => options => new WanderingContext(
            options, construct: context => context.Database.SetDbConnection(engine.Target.Engine.CreateConnection(elsewhere), contextOwnsConnection: true)),
        _ => options => new WanderingContext(
            options,
            builder => builder.AddInterceptors(new Leading(elsewhere)),
            context => context.Database.OpenConnection()),
    };

    private DbContextOptions<WanderingContext> OptionsOf(string connectionString)
    {
        var builder = new DbContextOptionsBuilder<WanderingContext>();
        engine.Target.Engine.UseDatabase(builder, connectionString);
        return builder.Options;
    }

    private TestDatabaseOptions<WanderingContext> Options(Func<DbContextOptions<WanderingContext>, WanderingContext> create) => new()
    {
        Target = engine.Target,
        CreateContext = create,
    };

    private async Task<TestDatabase> CreateDevelopersAsync() => await TestDatabase.CreateAsync(
        new TestDatabaseOptions<ShelfContext>
        {
            Target = engine.Target,
            Seed = static async (context, cancellationToken) => await context.AddAsync(new Book { Title = Title }, cancellationToken),
        },
        Cancel);

    /// <summary>Chooses the database when the connection is about to be opened, as tenants are chosen.</summary>
    private sealed class Leading(string elsewhere) : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            connection.ConnectionString = elsewhere;
            return result;
        }
    }
}
