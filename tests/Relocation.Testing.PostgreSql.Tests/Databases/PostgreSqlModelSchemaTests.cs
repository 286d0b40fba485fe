using System.Data.Common;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class PostgreSqlModelSchemaTests : ModelSchemaSpecification
{
    protected override DatabaseEngine Engine => PostgreSqlEngine.Instance;

    protected override Task<DbConnection> OpenEmptyDatabaseAsync() => EmptyDatabase.OpenAsync();
}
