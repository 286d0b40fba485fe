using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Inner.MSTest;

[TestClass]
public sealed class LeavingTests : TagTests
{
    [TestMethod]
    public Task Leaves_a_table() => Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)");
}
