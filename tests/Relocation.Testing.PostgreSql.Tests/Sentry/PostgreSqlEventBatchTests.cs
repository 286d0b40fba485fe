using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventBatchTests(PostgreSqlFixture fixture) : EventBatchSpecification(fixture.UnderTest);
