using Relocation.Testing.Planning;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Specification.Planning;

/// <summary>What a context's models depend on, listed and drawn: approved, and the same for each engine.</summary>
public abstract class DependencySpecification(DatabaseUnderTest engine)
{
    private ModelDependencies Dependencies =>
        ModelDependencies.Of(SchemaVersion.OfContext<ShopContext>().CreateModel(engine.Target.Engine));

    [Theory]
    [InlineData(nameof(DependencyListing.Detailed))]
    [InlineData(nameof(DependencyListing.Flat))]
    [InlineData(nameof(DependencyListing.Sorted))]
    [InlineData(nameof(DependencyListing.Truncate))]
    public Task Listings_of_a_context_are_approved(string listing) => MustBeApprovedAsync(
        $"{Dependencies.ToText(Enum.Parse<DependencyListing>(listing))}\n\n{Dependencies.ToJson(Enum.Parse<DependencyListing>(listing))}",
        listing.ToLowerInvariant());

    [Fact]
    public Task Graph_of_a_context_is_approved() => MustBeApprovedAsync(Dependencies.ToMermaid(), "mermaid");

    /// <summary>Foreign keys of the tables as they are made, but for those at which the plan cuts a cycle.</summary>
    [Fact]
    public async Task Rows_can_be_deleted_from_the_last_table_to_the_first()
    {
        await using var database = await engine.ShopAsync(Backup.FromFile(Repository.Fixture("shop", "complete.json")));
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.RunAsync("UPDATE \"Stores\" SET \"ManagerId\" = NULL; UPDATE \"Categories\" SET \"ParentId\" = NULL");

        foreach (var table in Dependencies.Tables.Reverse())
        {
            await connection.RunAsync($"DELETE FROM {engine.Target.Engine.Quote(table)}");
        }

        Assert.Equal("0", await connection.TextAsync("SELECT count(*) FROM \"Categories\""));
    }

    private static Task MustBeApprovedAsync(string text, string name) => ApprovedSnapshot.CheckFileAsync(
        text, Repository.Golden($"shop-dependencies.{name}"), cancellationToken: TestContext.Current.CancellationToken);
}
