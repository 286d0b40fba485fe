using Npgsql;
using Relocation.Testing.PostgreSql.Databases;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Databases;

/// <summary>A database is judged by what its server calls it.</summary>
[Case("guard-symlinks")]
public sealed class PostgreSqlRealNameTests(PostgreSqlFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alias_of_a_pooler_is_refused_by_the_databases_real_name()
    {
        var (_, remove) = await fixture.UnderTest.MakeExistingAsync("shop");
        await using var dropping = remove;
        var real = await NewestAsync("shop_");
        await using var pooler = new RenamingPooler(fixture.ConnectionString, "alias_test", real);

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => CreateAsync(PostgreSqlTarget.Existing(pooler.ConnectionString)));

        Assert.Equal(real, exception.DatabaseName);
        Assert.Contains("'alias_test'", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{real}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_named_is_that_of_the_user()
    {
        var server = new NpgsqlConnectionStringBuilder(fixture.ConnectionString);
        server.Remove("Database");

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => CreateAsync(PostgreSqlTarget.Existing(server.ToString())));

        Assert.Equal(server.Username, exception.DatabaseName);
    }

    [Fact]
    [Case("own-connection")]
    public async Task The_same_database_is_known_through_a_pooler_and_another_of_its_name_is_not()
    {
        await using var first = await fixture.UnderTest.CreateAsync("CREATE TABLE item (id int)");
        await using var second = await fixture.UnderTest.CreateAsync("CREATE TABLE item (id int)");
        var (name, other) = (NameOf(first), NameOf(second));
        await using var pooler = new RenamingPooler(fixture.ConnectionString, name, name);
        await using var wrong = new RenamingPooler(fixture.ConnectionString, name, other);

        await using var same = new NpgsqlConnection(pooler.ConnectionString);
        await using var different = new NpgsqlConnection(wrong.ConnectionString);

        Assert.True(ServerPlace.AreSame(same, first.ConnectionString));
        Assert.False(ServerPlace.AreSame(different, first.ConnectionString));
        Assert.False(ServerPlace.AreSame(same, second.ConnectionString));
    }

    [Fact]
    [Case("own-connection")]
    public async Task The_same_database_is_known_whatever_the_session_makes_of_moments()
    {
        await using var database = await fixture.UnderTest.CreateAsync("CREATE TABLE item (id int)");
        await using var pooler = new RenamingPooler(fixture.ConnectionString, NameOf(database), NameOf(database));
        var elsewhere = new NpgsqlConnectionStringBuilder(pooler.ConnectionString) { Timezone = "Asia/Tokyo", Options = "-c DateStyle=SQL" };

        await using var connection = new NpgsqlConnection(elsewhere.ToString());

        Assert.True(ServerPlace.AreSame(connection, database.ConnectionString));
    }

    [Theory]
    [InlineData("localhost", "localhost:5433")]
    [InlineData("LocalHost:5434", "localhost:5434")]
    [InlineData("::1", "[::1]:5433")]
    [InlineData("[::1]", "[::1]:5433")]
    [InlineData("[::1]:5434", "[::1]:5434")]
    [InlineData("FE80::1, 10.0.0.1:5434", "[fe80::1]:5433,10.0.0.1:5434")]
    [InlineData("/run/postgresql/", "/run/postgresql:5433")]
    [Case("own-connection")]
    public void A_server_has_a_port_whatever_form_its_host_has(string host, string server) => Assert.Equal(
        server, ServerPlace.Of(new NpgsqlConnectionStringBuilder { Host = host, Port = 5433, Database = "shop_test" }).Server);

    [Theory]
    [InlineData("Host=localhost;Username=me;Password=ge;heim=1;Database=shop_test")]
    [InlineData("user=me password=geheim host=localhost dbname=shop_test wrong")]
    [InlineData("postgres://me:geheim@wrong@localhost/shop_test")]
    [InlineData("mysql://me:geheim@localhost/shop_test")]
    [InlineData("Server=x;Initial Catalog=y;Password=geheim")]
    [InlineData("geheim")]
    [Case("connection-strings")]
    public void What_cannot_be_read_is_refused_and_not_repeated(string text)
    {
        foreach (var make in new Func<string, DatabaseTarget>[] { PostgreSqlTarget.OnServer, PostgreSqlTarget.Existing })
        {
            var exception = Assert.Throws<ArgumentException>(() => make(text));
            Assert.DoesNotContain("heim", exception.ToString(), StringComparison.Ordinal);
        }
    }

    private static string NameOf(TestDatabase database) => new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;

    private static Task<TestDatabase> CreateAsync(DatabaseTarget target) => TestDatabase.CreateAsync(
        new TestDatabaseOptions { Target = target, Model = RelocationModel.Create("none", []) }, Cancel);

    private async Task<string> NewestAsync(string prefix)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(fixture.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(Cancel);
        return await connection.TextAsync(
            $"SELECT datname FROM pg_database WHERE datname ~ '^{prefix}{Environment.ProcessId}_' ORDER BY oid DESC LIMIT 1");
    }
}
