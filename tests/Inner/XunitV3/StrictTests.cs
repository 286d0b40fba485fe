using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV3;

public sealed class StrictTests(StrictDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<StrictDatabase>
{
    [Fact]
    public Task Leaves_a_table_where_it_must_not() =>
        Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)", TestContext.Current.CancellationToken);
}
