using Relocation.Testing.Specification.Sentry.Events;

namespace Relocation.Testing.PostgreSql.Tests.Sentry;

public sealed class PostgreSqlEventAttachmentTests(PostgreSqlFixture fixture) : EventAttachmentSpecification(fixture.UnderTest);
