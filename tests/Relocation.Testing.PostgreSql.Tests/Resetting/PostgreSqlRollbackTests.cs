using Relocation.Testing.Specification.Resetting;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

public sealed class PostgreSqlRollbackTests(PostgreSqlFixture fixture) : RollbackSpecification(fixture.UnderTest);
