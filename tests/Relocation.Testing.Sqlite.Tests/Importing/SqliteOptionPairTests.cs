using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteOptionPairTests() : OptionPairSpecification(new SqliteUnderTest(SqliteTarget.InMemory), sample: int.MaxValue);
