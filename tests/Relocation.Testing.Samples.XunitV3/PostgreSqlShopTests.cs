namespace Relocation.Testing.Samples.XunitV3;

public sealed class PostgreSqlShopTests(PostgreSqlCountedShopDatabase shop) : ShopTests(shop), IClassFixture<PostgreSqlCountedShopDatabase>;
