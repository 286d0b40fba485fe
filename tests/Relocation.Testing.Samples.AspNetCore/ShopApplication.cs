using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.AspNetCore;

// begin-snippet: application-per-class
public sealed class ShopApplication : RelocationFixture<ShopContext>
{
    private WebApplicationFactory<Program>? _application;

    public HttpClient CreateClient() => (_application ??= new WebApplicationFactory<Program>().WithWebHostBuilder(
        web => web.ConfigureTestServices(services => services.UseTestDatabase(Database)))).CreateClient();

    // One database, so that it is the fixture's own: the application keeps it, and each test resets it.
    protected override TestDatabaseOptions<ShopContext> Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        Baseline = [Backup.FromFile("fixtures/shop/complete.json")],
        MaxDatabases = 1,
    };
}

public sealed class ApplicationPerClassTests(ShopApplication shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopApplication>
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Reviews_with_so_many_stars_can_be_deleted(int stars)
    {
        using var client = shop.CreateClient();
        using var response = await client.DeleteAsync(new Uri($"reviews/{stars}", UriKind.Relative), TestContext.Current.CancellationToken);

        response.EnsureSuccessStatusCode();
        Assert.Equal(3, await Context.Reviews.CountAsync(TestContext.Current.CancellationToken));
    }
}
// end-snippet
