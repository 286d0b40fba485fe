using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

[ClassDataSource<StrictDatabase>(Shared = SharedType.PerClass)]
public sealed class StrictTests(StrictDatabase database) : RelocationTest<ShopContext>(database)
{
    [Test]
    public Task Leaves_a_table_where_it_must_not() =>
        Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)", TestContext.Current!.Execution.CancellationToken);
}
