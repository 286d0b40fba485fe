using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlResumeRefusalTests(PostgreSqlFixture fixture) : ResumeRefusalSpecification(fixture.UnderTest);
