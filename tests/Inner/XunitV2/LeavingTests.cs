using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.XunitV2;

public sealed class LeavingTests(TagDatabase database) : RelocationTest<ShopContext>(database), IClassFixture<TagDatabase>
{
    [RelocationFact]
    public Task Leaves_a_table() =>
        Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)");
}
