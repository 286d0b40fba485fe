namespace Relocation.Testing.Samples.NUnit;

public sealed class PostgreSqlShopTests : ShopTests
{
    // begin-snippet: nunit-postgresql
    protected override bool SkipWhenUnavailable => true;

    private protected override DatabaseTarget Target => PostgreSqlTarget.ThrowAway();
    // end-snippet
}
