using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlKeyPolicyTests(PostgreSqlFixture fixture) : KeyPolicySpecification(fixture.UnderTest);
