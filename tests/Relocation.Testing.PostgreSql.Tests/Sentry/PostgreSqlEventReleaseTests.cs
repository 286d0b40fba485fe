using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventReleaseTests(PostgreSqlFixture fixture) : EventReleaseSpecification(fixture.UnderTest);
