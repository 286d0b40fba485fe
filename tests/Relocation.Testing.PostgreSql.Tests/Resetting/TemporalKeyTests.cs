using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Resetting;

/// <summary>Keys WITHOUT OVERLAPS, whose index takes another operator for equality than other keys' do.</summary>
[Case("without-overlaps")]
public sealed class TemporalKeyTests(PostgreSqlFixture fixture)
{
    private const string Table = "CREATE TABLE price (id int4range, valid_at daterange, PRIMARY KEY (id, valid_at WITHOUT OVERLAPS));";

    [Theory]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    public async Task Rows_with_a_key_without_overlaps_are_put_back(ResetStrategy strategy)
    {
        await using var connection = new Npgsql.NpgsqlConnection(fixture.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        if (connection.PostgreSqlVersion.Major < 18)
        {
            // There are no such keys before.
            await using var command = connection.CreateCommand();
            command.CommandText = Table;
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Equal(Npgsql.PostgresErrorCodes.SyntaxError, refused.SqlState);
            return;
        }

        await using var database = await fixture.UnderTest.CreateAsync(
            $"{Table} INSERT INTO price VALUES ('[1,2)', '[2024-01-01,2024-02-01)');", reset: new ResetOptions { Strategy = strategy });
        var before = await fixture.UnderTest.FingerprintAsync(database);

        await database.RunAsync("UPDATE price SET valid_at = '[2024-01-01,2024-01-15)'");
        await database.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, await fixture.UnderTest.FingerprintAsync(database));
    }
}
