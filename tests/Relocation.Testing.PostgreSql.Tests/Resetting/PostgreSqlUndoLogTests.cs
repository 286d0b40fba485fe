using Relocation.Testing.Specification.Resetting;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

public sealed class PostgreSqlUndoLogTests(PostgreSqlFixture fixture) : UndoLogSpecification(fixture.UnderTest);
