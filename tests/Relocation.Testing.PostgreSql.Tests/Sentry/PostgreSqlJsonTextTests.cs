using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlJsonTextTests(PostgreSqlFixture fixture) : JsonTextSpecification(fixture.UnderTest);
