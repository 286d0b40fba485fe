using Relocation.Testing.Specification.Synthetic;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlMutationTests(PostgreSqlFixture fixture) : MutationSpecification(fixture.UnderTest);
