using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlMessageTests(PostgreSqlFixture fixture) : MessageSpecification(fixture.UnderTest);
