using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventContentTests(PostgreSqlFixture fixture) : EventContentSpecification(fixture.UnderTest);
