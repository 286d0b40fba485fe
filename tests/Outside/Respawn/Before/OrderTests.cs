using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Respawn;

namespace Relocation.Testing.Outside.Respawn.Before;

/// <summary>
/// A suite as it was: it makes a file, fills it by hand, and has Respawn empty it after each test. What every test needs is
/// made again for each.
/// </summary>
public sealed class OrderTests : IAsyncLifetime
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"respawn-before-{Guid.NewGuid():N}.db");

    private string ConnectionString => $"Data Source={_path};Pooling=False";

    public async Task InitializeAsync()
    {
        await using var context = CreateContext();
        await context.Database.EnsureCreatedAsync();
        var ada = new Customer { Name = "Ada" };
        context.AddRange(ada, new Order { Customer = ada, Total = 99 });
        await context.SaveChangesAsync();
    }

    public Task DisposeAsync()
    {
        File.Delete(_path);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Orders_go_and_customers_stay()
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        var respawner = await Respawner.CreateAsync(connection, Reset.Options);

        await respawner.ResetAsync(connection);

        await using var context = CreateContext();
        Assert.Equal((0, 1), (await context.Orders.CountAsync(), await context.Customers.CountAsync()));
    }

    private ShopContext CreateContext() =>
        new(new DbContextOptionsBuilder<ShopContext>().UseSqlite(ConnectionString).Options);
}
