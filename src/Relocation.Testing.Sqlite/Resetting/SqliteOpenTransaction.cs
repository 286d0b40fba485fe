using Relocation.Testing.Engines;

namespace Relocation.Testing.Sqlite.Resetting;

/// <summary>SQLite rolls everything back with a transaction, key counters included.</summary>
internal sealed class SqliteOpenTransaction(DatabaseEngine engine, DatabaseLease lease) : OpenTransaction(engine, lease);
