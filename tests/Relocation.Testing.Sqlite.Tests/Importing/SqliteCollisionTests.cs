using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Sqlite.Tests.Databases;

namespace Relocation.Testing.Sqlite.Tests.Importing;

public sealed class SqliteCollisionTests() : CollisionSpecification(new SqliteUnderTest(SqliteTarget.TemporaryFile))
{
    private static readonly SqliteUnderTest Engine = new(SqliteTarget.TemporaryFile);
    private static readonly Made Made = new(SqliteEngine.Instance);

    [Fact]
    public async Task Condition_over_a_floating_point_number_takes_null()
    {
        var weight = Made.Field("weight", FieldType.Real, nullable: true) with { StoreType = "REAL" };
        var part = Made.Entity("part", [Made.Field("name", FieldType.Text), weight]) with
        {
            Uniques = [new UniqueSet { Name = "part_unweighed", Fields = ["name"], Condition = "weight IS NULL", OnCollision = CollisionPolicy.Merge }],
        };
        await using var database = await Engine.ModelAsync(part);
        await database.RunAsync("INSERT INTO part (id, name, weight) VALUES (1, 'a', NULL), (2, 'b', 0.5)");
        var lines = string.Join('\n', Enumerable.Range(3, 5_000).Select(key => $$"""part {{key}} {"name": "n{{key}}"}"""));

        var result = await database.ImportAsync(
            Made.Backup("part 1 {\"name\": \"a\"}\npart 2 {\"name\": \"b\", \"weight\": 0.5}\n" + lines),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((1, 5_001), (result.Models[0].Existing, result.Models[0].Inserted));
    }
}
