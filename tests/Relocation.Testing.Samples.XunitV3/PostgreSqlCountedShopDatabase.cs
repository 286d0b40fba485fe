namespace Relocation.Testing.Samples.XunitV3;

public sealed class PostgreSqlCountedShopDatabase() : CountedShopDatabase(PostgreSqlTarget.ThrowAway);
