using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlResumeTests(PostgreSqlFixture fixture) : ResumeSpecification(fixture.UnderTest);
