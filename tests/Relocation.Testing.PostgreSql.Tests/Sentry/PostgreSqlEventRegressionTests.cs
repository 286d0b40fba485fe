using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventRegressionTests(PostgreSqlFixture fixture) : EventRegressionSpecification(fixture.UnderTest);
