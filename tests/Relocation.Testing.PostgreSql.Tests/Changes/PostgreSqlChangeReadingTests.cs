using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Changes;

/// <summary>What only PostgreSQL lets a test do.</summary>
public sealed class PostgreSqlChangeReadingTests(PostgreSqlFixture fixture)
{
    private const string Schema = """
        CREATE TABLE whole (id int, region text, number int, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
        CREATE TABLE whole_a PARTITION OF whole FOR VALUES IN ('a');
        CREATE TABLE whole_b PARTITION OF whole FOR VALUES IN ('b');
        CREATE TABLE parent (id int PRIMARY KEY, name text);
        CREATE TABLE heir (PRIMARY KEY (id)) INHERITS (parent);
        CREATE UNLOGGED TABLE quick (id int PRIMARY KEY, name text);
        CREATE SCHEMA other;
        CREATE TABLE other.quick (id int PRIMARY KEY, name text);
        """;

    private const string Seed = """
        INSERT INTO whole VALUES (1, 'a', 1), (2, 'b', 2);
        INSERT INTO parent VALUES (1, 'p');
        INSERT INTO heir VALUES (2, 'h');
        INSERT INTO quick VALUES (1, 'q'), (2, 'q');
        INSERT INTO other.quick VALUES (1, 'o');
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE whole_a SET number = 9", "whole[1, \"a\"] changed\n  number: 1 -> 9")]
    [InlineData("UPDATE parent SET name = 'x'", "heir[2] changed\n  name: \"h\" -> \"x\"|parent[1] changed\n  name: \"p\" -> \"x\"")]
    [InlineData("TRUNCATE quick; INSERT INTO quick VALUES (2, 'q')", "quick[1] removed")]
    [InlineData("UPDATE other.quick SET name = 'x'", "other.quick[1] changed\n  name: \"o\" -> \"x\"")]
    [InlineData("SET session_replication_role = replica; UPDATE quick SET name = 'x' WHERE id = 1; RESET session_replication_role", "quick[1] changed\n  name: \"q\" -> \"x\"")]
    [InlineData("COPY quick FROM PROGRAM 'echo 3,c' (FORMAT csv)", "quick#new1 added\n  name: \"c\"")]
    [InlineData("ALTER TABLE quick DISABLE TRIGGER ALL; DELETE FROM quick WHERE id = 1", "quick[1] removed")]
    public async Task Changes_are_told_however_they_were_made(string statements, string told)
    {
        await using var database = await fixture.UnderTest.CreateAsync(Schema, Seed);
        await database.RunAsync(statements);

        var changes = await database.ChangesAsync(cancellationToken: Cancel);

        Assert.Equal(told.Split('|'), changes.Records.Select(record => record.ToString()));
    }
}
