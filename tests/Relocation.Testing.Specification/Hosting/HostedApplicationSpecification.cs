using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Hosting;

/// <summary>An application under test works on the test's database, however it registered its own, or it does not start.</summary>
public abstract class HostedApplicationSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DatabaseEngine Engine => engine.Target.Engine;

    [Theory]
    [InlineData("context")]
    [InlineData("context of another provider")]
    [InlineData("pool")]
    [InlineData("factory")]
    [InlineData("pooled factory")]
    [InlineData("context on a data source")]
    [InlineData("context on a connection")]
    [InlineData("context that configures itself where nobody has")]
    public async Task Contexts_of_the_application_use_the_test_database(string way)
    {
        await using var developers = await CreateAsync();
        await using var database = await CreateAsync();
        var before = await engine.FingerprintAsync(developers);
        using var host = await StartAsync(services => Register(services, way, developers.ConnectionString), services => services.UseTestDatabase(database));

        await using (var scope = host.Services.CreateAsyncScope())
        {
            await using var context = scope.ServiceProvider.GetService<IDbContextFactory<LibraryContext>>() is { } factory
                ? await factory.CreateDbContextAsync(Cancel)
                : scope.ServiceProvider.GetRequiredService<LibraryContext>();
            context.Add(new Book { Title = way });
            await context.SaveChangesAsync(Cancel);
        }

        await using var looking = database.CreateContext();
        Assert.Equal(way, (await looking.Books.SingleAsync(Cancel)).Title);
        Assert.Equal(before, await engine.FingerprintAsync(developers));
    }

    [Fact]
    public async Task What_the_application_configures_beside_its_database_stays()
    {
        await using var developers = await CreateAsync();
        await using var database = await CreateAsync();
        var counting = new Counting();
        using var host = await StartAsync(
            services => services.AddDbContext<LibraryContext>(builder =>
            {
                Engine.UseDatabase(builder, developers.ConnectionString);
                builder.AddInterceptors(counting).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
            }),
            services => services.UseTestDatabase(database));

        await using var scope = host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<LibraryContext>();
        Assert.Equal(0, await context.Books.CountAsync(Cancel));

        Assert.Equal(1, counting.Commands);
        Assert.Equal(QueryTrackingBehavior.NoTracking, context.ChangeTracker.QueryTrackingBehavior);
    }

    [Fact]
    public async Task Connections_and_data_sources_lead_to_the_test_database()
    {
        await using var developers = await CreateAsync();
        await using var database = await CreateAsync();
        using var host = await StartAsync(
            services =>
            {
                using var own = Engine.CreateConnection(developers.ConnectionString);
                var drivers = DbProviderFactories.GetFactory(own)!;
                using var source = drivers.CreateDataSource(developers.ConnectionString);
                services.AddTransient<DbConnection>(_ => Engine.CreateConnection(developers.ConnectionString));
                services.AddSingleton(source.GetType(), _ => drivers.CreateDataSource(developers.ConnectionString));
                services.AddScoped(own.GetType(), _ => Engine.CreateConnection(developers.ConnectionString));
                services.TryAddSingleton(_ => drivers.CreateDataSource(developers.ConnectionString));
            },
            services => services.UseTestDatabase(database));

        await using var scope = host.Services.CreateAsyncScope();
        await using var connection = scope.ServiceProvider.GetRequiredService<DbConnection>();
        Assert.True(Engine.LeadsTo(connection, database.ConnectionString));
        await using var fromSource = scope.ServiceProvider.GetRequiredService<DbDataSource>().CreateConnection();
        Assert.True(Engine.LeadsTo(fromSource, database.ConnectionString));
        var ofDriver = (DbConnection)scope.ServiceProvider.GetRequiredService(connection.GetType());
        Assert.True(Engine.LeadsTo(ofDriver, database.ConnectionString));
    }

    [Theory]
    [InlineData("context that always configures itself")]
    [InlineData("context that a method makes")]
    [InlineData("factory that a method makes")]
    public async Task An_application_whose_context_opens_another_database_is_not_started(string way)
    {
        await using var developers = await CreateAsync();
        await using var database = await CreateAsync();
        var before = await engine.FingerprintAsync(developers);
        var order = new List<string>();

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => StartAsync(
            services =>
            {
                services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
                services.AddHostedService(_ => new Noting(order));
                Register(services, way, developers.ConnectionString);
            },
            services => services.UseTestDatabase(database)));

        Assert.Contains("Context", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("assword=", exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(order);
        Assert.Equal(before, await engine.FingerprintAsync(developers));
    }

    [Fact]
    public async Task Services_that_cannot_be_replaced_are_named_unless_they_are_to_stay()
    {
        await using var developers = await CreateAsync();
        await using var database = await CreateAsync();
        void Register(IServiceCollection services)
        {
            services.AddDbContext<LibraryContext>(builder => Engine.UseDatabase(builder, developers.ConnectionString));
            services.AddKeyedScoped<DbConnection>("reports", (_, _) => Engine.CreateConnection(developers.ConnectionString));
            services.AddScoped(_ => new OtherConnection());
        }

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => StartAsync(Register, services => services.UseTestDatabase(database)));
        Assert.Contains("'DbConnection' with a key, 'OtherConnection'.", exception.Message, StringComparison.Ordinal);

        using var host = await StartAsync(
            Register, services => services.KeepRegisteredDatabase<DbConnection>().KeepRegisteredDatabase<OtherConnection>().UseTestDatabase(database));
        Assert.IsType<OtherConnection>(host.Services.CreateScope().ServiceProvider.GetRequiredService<OtherConnection>());
    }

    [Fact]
    public async Task Each_context_may_have_a_test_database_of_its_own()
    {
        await using var developers = await CreateAsync();
        await using var first = await CreateAsync();
        await using var second = await CreateAsync();
        void Register(IServiceCollection services)
        {
            services.AddDbContext<LibraryContext>(builder => Engine.UseDatabase(builder, developers.ConnectionString));
            services.AddDbContext<SecondContext>(builder => Engine.UseDatabase(builder, developers.ConnectionString));
        }

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(
            () => StartAsync(Register, services => services.UseTestDatabase<LibraryContext>(first)));
        Assert.Contains($"'{nameof(SecondContext)}'", exception.Message, StringComparison.Ordinal);

        // The second call for a context holds.
        using var host = await StartAsync(
            Register, services => services.UseTestDatabase(first).UseTestDatabase<SecondContext>(second));
        await using var scope = host.Services.CreateAsyncScope();
        Assert.True(Engine.LeadsTo(scope.ServiceProvider.GetRequiredService<LibraryContext>().Database.GetDbConnection(), first.ConnectionString));
        Assert.True(Engine.LeadsTo(scope.ServiceProvider.GetRequiredService<SecondContext>().Database.GetDbConnection(), second.ConnectionString));
    }

    [Fact]
    public async Task A_context_that_is_not_registered_and_a_rollback_are_refused()
    {
        await using var database = await CreateAsync();
        var services = new ServiceCollection();
        Assert.Contains("ConfigureTestServices", Assert.Throws<InvalidOperationException>(() => services.UseTestDatabase<LibraryContext>(database)).Message, StringComparison.Ordinal);

        await using var within = await TestDatabase.CreateAsync(
            Options with { Reset = new ResetOptions { Strategy = ResetStrategy.Rollback } }, Cancel);
        Assert.Contains("ResetStrategy.Rollback", Assert.Throws<InvalidOperationException>(() => services.UseTestDatabase(within)).Message, StringComparison.Ordinal);
    }

    private TestDatabaseOptions<LibraryContext> Options => new() { Target = engine.Target, CreateContext = static options => new LibraryContext(options) };

    private protected Task<TestDatabase<LibraryContext>> CreateAsync() => TestDatabase.CreateAsync(Options, Cancel);

    private protected static async Task<IHost> StartAsync(Action<IServiceCollection> application, Action<IServiceCollection> test)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        application(builder.Services);
        test(builder.Services);
        var host = builder.Build();
        try
        {
            await host.StartAsync(Cancel);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private void Register(IServiceCollection services, string way, string developers)
    {
        void Configure(DbContextOptionsBuilder builder) => Engine.UseDatabase(builder, developers);
        switch (way)
        {
            case "context":
                services.AddDbContext<LibraryContext>(Configure);
                break;
            case "context of another provider":
                services.AddDbContext<LibraryContext>(static builder => OtherProvider.Use(builder));
                break;
            case "pool":
                services.AddDbContextPool<LibraryContext>(Configure);
                break;
            case "factory":
                services.AddDbContextFactory<LibraryContext>(Configure);
                break;
            case "pooled factory":
                services.AddPooledDbContextFactory<LibraryContext>(Configure);
                break;
            case "context on a data source":
                services.AddSingleton(_ => DbProviderFactories.GetFactory(Engine.CreateConnection(developers))!.CreateDataSource(developers));
                services.AddDbContext<LibraryContext>((provider, builder) =>
                    Engine.UseDatabase(builder, provider.GetRequiredService<DbDataSource>().ConnectionString));
                break;
            case "context on a connection":
                services.AddDbContext<LibraryContext>(builder => Engine.UseDatabase(builder, Engine.CreateConnection(developers)));
                break;
            case "context that configures itself where nobody has":
                services.AddDbContext<LibraryContext>();
                services.AddSingleton(new OwnConfiguration(builder =>
                {
                    if (!builder.IsConfigured)
                    {
                        Configure(builder);
                    }
                }));
                break;
            case "context that always configures itself":
                services.AddDbContext<LibraryContext>();
                services.AddSingleton(new OwnConfiguration(Configure));
                break;
            case "context that a method makes":
                services.AddScoped(_ => new LibraryContext(OptionsOf(developers)));
                break;
            default:
                services.AddSingleton<IDbContextFactory<LibraryContext>>(new OwnFactory(OptionsOf(developers)));
                break;
        }
    }

    private DbContextOptions<LibraryContext> OptionsOf(string connectionString)
    {
        var builder = new DbContextOptionsBuilder<LibraryContext>();
        Engine.UseDatabase(builder, connectionString);
        return builder.Options;
    }

    private sealed class OwnFactory(DbContextOptions<LibraryContext> options) : IDbContextFactory<LibraryContext>
    {
        public LibraryContext CreateDbContext() => new(options);
    }

    private sealed class Noting(List<string> order) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            order.Add("started");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Counting : DbCommandInterceptor
    {
        internal int Commands { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Commands++;
            return ValueTask.FromResult(result);
        }
    }
}
