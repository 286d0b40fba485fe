using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.MSTest;

/// <summary>The run has a PostgreSQL server that does not answer.</summary>
[TestClass]
public sealed class UnavailableTests() : RelocationTest<ShopContext>(PostgreSqlTarget.ThrowAway(), "../backups/same.json")
{
    protected override bool SkipWhenUnavailable => true;

    [TestMethod]
    public void Database_that_is_not_available() => CreateContext().Dispose();
}
