using Npgsql;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

public sealed class TargetBesideTests(PostgreSqlFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "", "not needed")]
    [InlineData(false, ";Persist Security Info=true", "not needed")]
    [InlineData(false, "", null)]
    public async Task Password_of_a_connection_is_known_where_it_is_ours_or_is_told(bool isOurs, string more, string? password)
    {
        await using var database = await fixture.UnderTest.CreateAsync("CREATE TABLE item (id int)");
        Assert.SkipWhen(new NpgsqlConnectionStringBuilder(database.ConnectionString).Password is not null, "The server may ask for a password.");
        var connectionString = $"{database.ConnectionString};Password=not needed{more}";
        await using var connection = isOurs ? database.Engine.CreateConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);

        await using var beside = await TestDatabase.CreateAsync(
            new TestDatabaseOptions { Target = database.Engine.TargetBeside(connection), Model = RelocationModel.Create("none", []) }, Cancel);

        Assert.Equal(password, new NpgsqlConnectionStringBuilder(beside.ConnectionString).Password);
    }
}
