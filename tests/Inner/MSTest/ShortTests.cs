using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

/// <summary>Found from this file's folder.</summary>
[TestClass]
public sealed class ShortTests() : RelocationTest<ShopContext>(SqliteTarget.InMemory(), "../backups/same.json")
{
    [TestMethod]
    public async Task Backup_beside_the_source()
    {
        await using var context = CreateContext();
        Assert.AreEqual(2, await context.Tags.CountAsync());
    }
}
