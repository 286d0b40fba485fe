using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventStreamTests(PostgreSqlFixture fixture) : EventStreamSpecification(fixture.UnderTest);
