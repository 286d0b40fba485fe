using Relocation.Testing.Specification.Changes;

namespace Relocation.Testing.PostgreSql.Tests.Changes;

public sealed class PostgreSqlNetChangeTests(PostgreSqlFixture fixture) : NetChangeSpecification(fixture.UnderTest);
