using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventWritersTests(PostgreSqlFixture fixture) : EventWritersSpecification(fixture.UnderTest);
