using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Inner.NUnit;

public sealed class LeavingTests : TagTests
{
    [Test]
    public Task Leaves_a_table() => Context.Database.ExecuteSqlRawAsync("CREATE TABLE visits (x int)");
}
