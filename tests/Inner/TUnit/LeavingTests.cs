using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class LeavingTests(TagDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public Task Leaves_a_table() =>
        Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)", TestContext.Current!.Execution.CancellationToken);
}
