using Microsoft.Data.Sqlite;
using Relocation.Testing.Files;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

/// <summary>A file is judged by what it really is, whatever the path to it says.</summary>
[Case("guard-symlinks")]
public sealed class SqliteRealNameTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relocation-test-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SqliteRealNameTests()
    {
        Directory.CreateDirectory(At("prod/deep"));
        Directory.CreateDirectory(At("tests"));
        using (var connection = new SqliteConnection($"Data Source={At("prod/real.db")};Pooling=False"))
        {
            connection.Open();
            using var command = new SqliteCommand("CREATE TABLE item (id int); INSERT INTO item VALUES (1)", connection);
            command.ExecuteNonQuery();
        }

        File.Copy(At("prod/real.db"), At("prod/real_test.db"));
        File.CreateSymbolicLink(At("link_test.db"), At("prod/real.db"));
        File.CreateSymbolicLink(At("tests/second_test.db"), "../link_test.db");
        File.CreateSymbolicLink(At("tests/good_test.db"), "../prod/real_test.db");
        File.CreateSymbolicLink(At("tests/current.db"), "../prod/real_test.db");
        Directory.CreateSymbolicLink(At("tests/deep"), "../prod/deep");
        File.CreateSymbolicLink(At("prod/up_test.db"), "real.db");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("link_test.db")]
    [InlineData("tests/second_test.db")]
    [InlineData("tests/../link_test.db")]
    [InlineData("tests/deep/../real.db")]
    [InlineData("tests/deep/../up_test.db")]
    [InlineData("tests/./deep/.././//up_test.db")]
    [InlineData("file:@/link_test.db")]
    [InlineData("file://@/tests/second%5Ftest.db")]
    public async Task A_link_to_a_database_that_is_for_no_test_is_refused_by_its_real_name(string name)
    {
        var path = name.StartsWith("file:", StringComparison.Ordinal) ? name.Replace("@", _folder, StringComparison.Ordinal) : At(name);
        var before = await File.ReadAllBytesAsync(At("prod/real.db"), Cancel);

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => CreateAsync(path));

        Assert.Equal("real.db", exception.DatabaseName);
        Assert.Contains("real.db'", exception.Message, StringComparison.Ordinal);
        if (!name.EndsWith("/real.db", StringComparison.Ordinal) && !name.StartsWith("file:", StringComparison.Ordinal))
        {
            Assert.Contains($"'{RealPath.Of(At("prod/real.db"))}'", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(At("prod/real.db"), Cancel));
    }

    [Fact]
    public async Task A_link_from_a_test_database_to_another_is_taken_and_stays_a_link()
    {
        await using (var database = await CreateAsync(At("tests/good_test.db")))
        {
            await database.RunAsync("DELETE FROM item");
            await database.ResetAsync(Cancel);
            Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM item"));
        }

        Assert.Equal("../prod/real_test.db", new FileInfo(At("tests/good_test.db")).LinkTarget);
    }

    [Fact]
    public async Task A_name_that_says_no_test_is_refused_though_it_is_a_link_to_a_test_database()
    {
        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => CreateAsync(At("tests/current.db")));

        Assert.Equal("current.db", exception.DatabaseName);
        Assert.Contains("prod/real_test.db'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hard_link_is_refused_since_no_name_is_the_real_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked for the number of a file's names.");
        using (var link = System.Diagnostics.Process.Start("ln", [At("prod/real.db"), At("hard_test.db")]))
        {
            await link.WaitForExitAsync(Cancel);
        }

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => CreateAsync(At("hard_test.db")));

        Assert.Contains("hard links", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    public async Task A_hard_link_that_was_allowed_is_reset_as_well(ResetStrategy strategy)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked for the number of a file's names.");
        using (var link = System.Diagnostics.Process.Start("ln", [At("prod/real_test.db"), At("hard_test.db")]))
        {
            await link.WaitForExitAsync(Cancel);
        }

        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = SqliteTarget.File(At("hard_test.db")),
                Model = RelocationModel.Create("none", []),
                DangerouslyAllowAnyDatabaseName = true,
                Reset = new ResetOptions { Strategy = strategy },
            },
            Cancel);
        await database.RunAsync("DELETE FROM item; CREATE TABLE more (id int)");

        await database.ResetAsync(Cancel);

        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_link_to_nothing_makes_the_file_that_it_names()
    {
        File.CreateSymbolicLink(At("new_test.db"), "prod/new.db");

        await using (var database = await new SqliteUnderTest(() => SqliteTarget.File(At("new_test.db"))).CreateAsync("CREATE TABLE item (id int)"))
        {
            Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM item"));
        }

        Assert.True(File.Exists(At("prod/new.db")));
        Assert.Equal("prod/new.db", new FileInfo(At("new_test.db")).LinkTarget);
    }

    [Fact]
    public async Task Links_that_lead_in_a_circle_are_refused_by_name()
    {
        File.CreateSymbolicLink(At("first_test.db"), "second_test.db");
        File.CreateSymbolicLink(At("second_test.db"), "first_test.db");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync(At("first_test.db")));

        Assert.Contains(At("first_test.db"), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user=me password=geheim host=localhost")]
    [InlineData("Data Source=shop_test.db;Password=geheim")]
    [InlineData("shop_test.db;Password=geheim")]
    [InlineData("postgres://me:geheim@localhost/shop_test")]
    [InlineData("me:geheim@localhost/shop_test")]
    [InlineData("file:shop_test.db?key=geheim")]
    [InlineData(":memory:")]
    [Case("connection-strings")]
    public void What_is_no_path_is_refused_and_not_repeated(string text)
    {
        var exception = Assert.Throws<ArgumentException>(() => SqliteTarget.File(text));

        Assert.DoesNotContain("geheim", exception.ToString(), StringComparison.Ordinal);
    }

    private string At(string name) => Path.Join(_folder, name);

    private static Task<TestDatabase> CreateAsync(string path) => TestDatabase.CreateAsync(
        new TestDatabaseOptions { Target = SqliteTarget.File(path), Model = RelocationModel.Create("none", []) }, Cancel);
}
