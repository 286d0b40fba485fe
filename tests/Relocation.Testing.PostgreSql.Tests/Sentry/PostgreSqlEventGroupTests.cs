using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventGroupTests(PostgreSqlFixture fixture) : EventGroupSpecification(fixture.UnderTest);
