using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Values;

public static class ValueDatabases
{
    /// <summary>An empty database with a table for each case of values.</summary>
    public static Task<TestDatabase<ValueContext>> ValuesAsync(this DatabaseUnderTest engine, CancellationToken cancellationToken) =>
        TestDatabase.CreateAsync(
            new TestDatabaseOptions<ValueContext> { Target = engine.Target, CreateContext = options => new ValueContext(engine.WithEnums(options)) }, cancellationToken);
}
