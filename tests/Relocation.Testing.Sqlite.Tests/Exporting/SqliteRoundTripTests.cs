using Relocation.Testing.Specification.Exporting;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Exporting;

public sealed class SqliteRoundTripTests() : RoundTripSpecification(new SqliteUnderTest(SqliteTarget.InMemory));
