namespace Relocation.Testing.Samples.XunitV3;

public sealed class SqliteCountedShopDatabase() : CountedShopDatabase(SqliteTarget.InMemory);
