using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Samples.AspNetCore;

// begin-snippet: application-per-test
public sealed class ApplicationPerTestTests(ShopDatabase shop) : RelocationTest<ShopContext>(shop), IClassFixture<ShopDatabase>
{
    [Fact]
    public async Task Deleted_reviews_are_gone()
    {
        await using var application = new WebApplicationFactory<Program>().WithWebHostBuilder(
            web => web.ConfigureTestServices(services => services.UseTestDatabase(Database)));
        using var client = application.CreateClient();

        using var response = await client.DeleteAsync(new Uri("reviews/5", UriKind.Relative), TestContext.Current.CancellationToken);

        response.EnsureSuccessStatusCode();
        Assert.Equal(0, await Context.Reviews.CountAsync(review => review.Stars == 5, TestContext.Current.CancellationToken));
    }
// end-snippet

    [Fact]
    public async Task Every_application_sees_the_baseline()
    {
        await using var application = new WebApplicationFactory<Program>().WithWebHostBuilder(
            web => web.ConfigureTestServices(services => services.UseTestDatabase(Database)));
        using var client = application.CreateClient();

        Assert.Equal(4, await client.GetFromJsonAsync<int>("reviews/count", TestContext.Current.CancellationToken));
    }
}
