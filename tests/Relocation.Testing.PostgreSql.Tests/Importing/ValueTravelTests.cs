using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Values;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>A backup of one engine is one of the other.</summary>
public sealed class ValueTravelTests(PostgreSqlFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Case("converted-export")]
    [Case("precision")]
    public async Task What_one_engine_exports_is_the_same_as_what_the_other_does_and_is_imported_there_to_the_same_values()
    {
        await using var lite = await TestDatabase.CreateAsync(new TestDatabaseOptions<ValueContext> { Target = SqliteTarget.InMemory() }, Cancel);
        await using var postgres = await fixture.UnderTest.ValuesAsync(Cancel);
        var (onLite, onPostgres) = (new ValueRun(lite, isSqlite: true), new ValueRun(postgres, isSqlite: false));

        var fromLite = await onLite.ImportAsync([.. onLite.Kept], Cancel);
        var fromPostgres = await onPostgres.ImportAsync([.. onPostgres.Kept], Cancel);
        var both = fromLite.Join(fromPostgres, value => (value.Case, value.Edge), value => (value.Case, value.Edge), (left, right) => (left, right)).ToList();
        await onPostgres.ImportAsync([.. both.Select(pair => pair.left)], Cancel);
        await onLite.ImportAsync([.. both.Where(pair => !pair.right.Edge.IsCut && HasNoOffset(pair.right)).Select(pair => pair.right)], Cancel);

        Assert.Empty(onLite.Wrong.Concat(onPostgres.Wrong));
        Assert.All(both.Where(pair => !pair.left.Edge.IsCut && HasNoOffset(pair.left)), pair => Assert.Equal(pair.left, pair.right));
    }

    /// <summary>PostgreSQL keeps the moment of an offset only.</summary>
    private static bool HasNoOffset(HeldValue value) => value.Edge.Value is not DateTimeOffset { Offset.Ticks: not 0 };
}
