using System.Data.Common;
using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteSentrySchemaTests : SentrySchemaSpecification
{
    protected override DatabaseEngine Engine => SqliteEngine.Instance;

    protected override string ColumnsQuery =>
        """
        SELECT m.name, c.name, CASE WHEN c."notnull" THEN 0 ELSE 1 END
        FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
        """;

    protected override string ForeignKeysQuery =>
        """
        SELECT m.name, f."from", f."table", f."to", f.on_delete
        FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        """;

    protected override string UniquesQuery =>
        """
        SELECT m.name, (SELECT group_concat(c.name, ',' ORDER BY c.seqno) FROM pragma_index_info(i.name) c), i.partial
        FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND i."unique" AND i.origin <> 'pk'
        """;

    protected override string ChecksQuery => "SELECT name, sql FROM sqlite_master WHERE type = 'table'";

    protected override Task<DbConnection> OpenEmptyDatabaseAsync() => EmptyDatabase.OpenAsync();
}
