using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Relocation.Testing.Specification.Hosting;

namespace Relocation.Testing.PostgreSql.Tests.Hosting;

public sealed class PostgreSqlHostedApplicationTests(PostgreSqlFixture fixture) : HostedApplicationSpecification(fixture.UnderTest)
{
    /// <summary>EF Core keeps a data source beside the connection string, and prefers it.</summary>
    [Fact]
    public async Task A_context_on_a_data_source_of_the_drivers_uses_the_test_database()
    {
        await using var developers = await CreateAsync();
        await using var database = await CreateAsync();
        using var host = await StartAsync(
            services =>
            {
                services.AddSingleton(_ => new NpgsqlDataSourceBuilder(developers.ConnectionString).Build());
                services.AddDbContext<LibraryContext>((provider, builder) =>
                    builder.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.CommandTimeout(77)));
            },
            services => services.UseTestDatabase(database));

        await using var scope = host.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<LibraryContext>();

        Assert.True(PostgreSqlEngine.Instance.LeadsTo(context.Database.GetDbConnection(), database.ConnectionString));
        Assert.Equal(77, context.Database.GetCommandTimeout());
    }
}
