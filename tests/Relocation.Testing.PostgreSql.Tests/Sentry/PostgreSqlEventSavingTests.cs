using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventSavingTests(PostgreSqlFixture fixture) : EventSavingSpecification(fixture.UnderTest);
