using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class StrictTests(StrictDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<StrictDatabase>
{
    [RelocationFact]
    public Task Leaves_a_table_where_it_must_not() =>
        Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)");
}
