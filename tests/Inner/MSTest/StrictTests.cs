using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

/// <summary>Tests fail that leave more than rows.</summary>
[TestClass]
public sealed class StrictTests : TagTests
{
    protected override TestDatabaseOptions<ShopContext> Configure() => base.Configure() with { FailOnLeftovers = true };

    [TestMethod]
    public Task Leaves_a_table_where_it_must_not() => Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)");
}
