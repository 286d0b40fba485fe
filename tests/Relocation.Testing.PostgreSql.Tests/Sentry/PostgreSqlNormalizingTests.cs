using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlNormalizingTests(PostgreSqlFixture fixture) : NormalizingSpecification(fixture.UnderTest);
