using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventRefusalTests(PostgreSqlFixture fixture) : EventRefusalSpecification(fixture.UnderTest);
