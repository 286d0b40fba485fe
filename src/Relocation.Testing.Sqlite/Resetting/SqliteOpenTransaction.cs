using Relocation.Testing.Engines;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>SQLite takes everything back with a transaction, key counters among it.</summary>
internal sealed class SqliteOpenTransaction(DatabaseLease lease) : OpenTransaction(SqliteEngine.Instance, lease);
