using System.Data.Common;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteModelSchemaTests : ModelSchemaSpecification
{
    protected override DatabaseEngine Engine => SqliteEngine.Instance;

    protected override Task<DbConnection> OpenEmptyDatabaseAsync() => EmptyDatabase.OpenAsync();
}
