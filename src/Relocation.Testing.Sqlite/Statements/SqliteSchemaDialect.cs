using Relocation.Testing.Engines;

namespace Relocation.Testing.Sqlite.Statements;

/// <summary>SQLite's syntax for tables.</summary>
internal sealed class SqliteSchemaDialect : SchemaDialect
{
    private SqliteSchemaDialect()
    {
    }

    internal static SqliteSchemaDialect Instance { get; } = new();

    internal override bool HasSchemas => false;

    /// <summary>SQLite has no ALTER TABLE ADD CONSTRAINT, but a table may refer to one that comes later.</summary>
    internal override bool AddsForeignKeys => false;

    internal override bool DefersUniques => false;

    internal override string TablesQuery => "SELECT NULL, name, 1 FROM sqlite_master WHERE type IN ('table', 'view')";

    internal override StringComparer TableNames => StringComparer.OrdinalIgnoreCase;

    /// <summary>AUTOINCREMENT requires exactly the type INTEGER, and never assigns a key twice.</summary>
    internal override string CountedKey(RelocationField key, string constraint) =>
        $"INTEGER NOT NULL CONSTRAINT {constraint} PRIMARY KEY AUTOINCREMENT";
}
