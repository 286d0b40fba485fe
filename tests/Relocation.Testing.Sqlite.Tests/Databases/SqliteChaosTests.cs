using Relocation.Testing.Specification.Chaos;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

public sealed class SqliteChaosTests() : ChaosSpecification(typeof(SqliteChaosTests).Assembly.Location)
{
    protected override DatabaseUnderTest Engine { get; } = new SqliteUnderTest(SqliteTarget.TemporaryFile);
}
