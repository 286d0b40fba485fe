using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlRecordRuleTests(PostgreSqlFixture fixture) : RecordRuleSpecification(fixture.UnderTest);
