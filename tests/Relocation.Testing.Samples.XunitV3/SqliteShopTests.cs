namespace Relocation.Testing.Samples.XunitV3;

public sealed class SqliteShopTests(SqliteCountedShopDatabase shop) : ShopTests(shop), IClassFixture<SqliteCountedShopDatabase>;
