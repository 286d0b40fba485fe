using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner.TUnit;

/// <summary>The run has a PostgreSQL server that does not answer.</summary>
public sealed class UnavailableDatabase() : RelocationFixture<ShopContext>(PostgreSqlTarget.ThrowAway(), "../backups/same.json")
{
    protected override bool SkipWhenUnavailable => true;
}
