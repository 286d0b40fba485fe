namespace Relocation.Testing.Samples.NUnit;

public sealed class SqliteShopTests : ShopTests
{
    private protected override DatabaseTarget Target => SqliteTarget.InMemory();
}
