using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.NUnit;

/// <summary>Found from this file's folder.</summary>
public sealed class ShortTests() : RelocationTest<ShopContext>(SqliteTarget.InMemory(), "../backups/same.json")
{
    [Test]
    public async Task Backup_beside_the_source()
    {
        await using var context = CreateContext();
        Assert.That(await context.Tags.CountAsync(), Is.EqualTo(2));
    }
}
