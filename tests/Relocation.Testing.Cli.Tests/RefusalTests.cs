using System.Diagnostics;
using System.Globalization;

namespace Relocation.Testing.Cli.Tests;

/// <summary>What is refused leaves everything as it was, says where and what to do, and never shows a stack trace.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public static TheoryData<string> InvalidBackups =>
        [.. new DirectoryInfo(Workplace.Fixture("invalid")).GetFiles("*.json").Select(file => file.Name).Order(StringComparer.Ordinal)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [MemberData(nameof(InvalidBackups))]
    public async Task Invalid_backup_leaves_the_database_byte_for_byte(string name)
    {
        var before = await CreateDatabaseAsync("shop_test.db");

        // Most defects need no model; the context's orders have Guids as keys, which would be a second defect.
        string[] model = name.StartsWith("key-", StringComparison.Ordinal)
            ? ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext"]
            : [];
        var outcome = (await _workplace.RunAsync(["import", Workplace.Fixture($"invalid/{name}"), "--database", "shop_test.db", .. model])).With(1);

        Assert.Matches(@"invalid.[a-z0-9-]+\.json:\d+:\d+", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Equal(before, await File.ReadAllBytesAsync(_workplace.PathOf("shop_test.db"), Token));
        Assert.Single(Directory.GetFiles(_workplace.Folder));
    }

    [Fact]
    public async Task Refused_backup_leaves_no_new_file_and_no_new_tables()
    {
        var backup = _workplace.Write("backup.json", """[{"model": "shop.country", "pk": "DE", "fields": {"name": 5}}]""");
        string[] arguments = ["import", backup, "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--database"];
        (await _workplace.RunAsync([.. arguments, "new_test.db"])).With(1);
        Assert.False(File.Exists(_workplace.PathOf("new_test.db")));

        var before = await CreateDatabaseAsync("old_test.db");
        var refused = (await _workplace.RunAsync([.. arguments, "old_test.db", "--json"])).With(1).Json().GetProperty("error");
        Assert.Equal(before, await File.ReadAllBytesAsync(_workplace.PathOf("old_test.db"), Token));
        Assert.Equal("import", refused.GetProperty("kind").GetString());
        var place = refused.GetProperty("problems")[0].GetProperty("place");
        Assert.Equal("/0/fields/name", place.GetProperty("pointer").GetString());
        Assert.False(place.TryGetProperty("pk", out _));
    }

    [Fact]
    public async Task Database_without_test_in_its_name_is_refused_unless_allowed()
    {
        var before = await CreateDatabaseAsync("shop.db");
        foreach (var arguments in (string[][])[["import", Workplace.Fixture("sentry/organization.json")], ["reset"]])
        {
            var refused = (await _workplace.RunAsync([.. arguments, "--database", "shop.db"])).With(1);
            Assert.Contains("--dangerously-allow-any-database-name", refused.Error, StringComparison.Ordinal);
            Assert.Equal(before, await File.ReadAllBytesAsync(_workplace.PathOf("shop.db"), Token));
        }

        (await _workplace.RunAsync("reset", "--database", "shop.db", "--dangerously-allow-any-database-name")).With(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("import")]
    [InlineData("import backup.json --scope galaxy")]
    [InlineData("import missing.json")]
    [InlineData("import .")]
    [InlineData("import backup.json --nonsense")]
    [InlineData("import backup.json --model sentry@1.0")]
    [InlineData("import backup.json --model django")]
    [InlineData("import backup.json --context ShopContext")]
    [InlineData("import backup.json --assembly missing.dll")]
    [InlineData("import backup.json --assembly backup.json")]
    [InlineData("import backup.json --assembly SHOP")]
    [InlineData("import backup.json --assembly SHOP --context NoContext")]
    [InlineData("import backup.json --assembly SHOP --context ShopContext --scope user")]
    [InlineData("import backup.json --assembly SHOP --context ShopContext --model sentry")]
    [InlineData("import backup.json --chunk-size 0")]
    [InlineData("import backup.json --unresolved perhaps")]
    [InlineData("import backup.json --create-schema --no-create-schema")]
    [InlineData("import backup.json --database :memory:")]
    [InlineData("import backup.json --database Host=x;Nonsense=y")]
    [InlineData("import backup.json --database postgres://localhost")]
    [InlineData("reset")]
    public async Task Wrong_usage_is_explained_on_standard_error(string arguments)
    {
        _workplace.Write("backup.json", "[]");
        var split = arguments.Replace("SHOP", Workplace.ShopAssembly, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var outcome = (await _workplace.RunAsync(split)).With(2);

        Assert.StartsWith("relocation: ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Equal(["backup.json"], Directory.GetFiles(_workplace.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Contexts_to_choose_from_are_listed()
    {
        var outcome = (await _workplace.RunAsync("inspect", Workplace.Fixture("shop/complete.json"), "--assembly", Workplace.ShopAssembly)).With(2);

        Assert.Contains("\n  Relocation.Testing.Specification.Models.Shop.ShopContext\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Databases_that_cannot_be_opened_are_the_environment()
    {
        var backup = Workplace.Fixture("sentry/organization.json");
        _workplace.Write("no_test.db", "This is a text and no database, which SQLite notices at once.");
        foreach (var database in (string[])["no_test.db", Path.Combine("missing", "a_test.db"), "postgres://me:secret@localhost:1/some_test"])
        {
            var outcome = (await _workplace.RunAsync("import", backup, "--database", database)).With(3);
            Assert.Contains("cannot be opened", outcome.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", outcome.Error, StringComparison.Ordinal);
        }

        var missing = (await _workplace.RunAsync("reset", "--database", "missing_test.db", "--json")).With(3);
        Assert.Equal("environment", missing.Json().GetProperty("error").GetProperty("kind").GetString());
        Assert.False(File.Exists(_workplace.PathOf("missing_test.db")));

        // A path that cannot be right is the command line's.
        (await _workplace.RunAsync("import", backup, "--map", Path.Combine("no_test.db", "map.txt"))).With(2);
    }

    [Theory]
    [InlineData("import -")]
    [InlineData("import - --scope global")]
    [InlineData("import - --resume 3f2504e0-4f89-41d3-9a0c-0305e82c3303")]
    [InlineData("import users - --resume 3f2504e0-4f89-41d3-9a0c-0305e82c3303")]
    public async Task Interrupted_import_leaves_nothing_behind(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows interrupts whole consoles and no single process.");
        using var process = _workplace.Start([.. command.Split(' '), "--database", "new_test.db"]);
        await process.StandardInput.WriteAsync("[");
        await process.StandardInput.FlushAsync(Token);
        while (!File.Exists(_workplace.PathOf("new_test.db")))
        {
            Assert.False(process.HasExited);

            // The file is the only sign that the command has begun: its output ends with it.
            await Task.Delay(50, Token);
        }

        // The standard input stays open: the command is waiting for it. SIGINT, which does the same, is ignored by programs that a
        // shell has started in the background, as build servers do.
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Token);
        }

        await process.WaitForExitAsync(Token);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(
            "relocation: Cancelled. What was not committed to a database is taken back, and unfinished files are removed.\n",
            await process.StandardError.ReadToEndAsync(Token));
        Assert.Empty(Directory.GetFiles(_workplace.Folder));
    }

    /// <summary>Makes a database with a table of somebody else's.</summary>
    private Task<byte[]> CreateDatabaseAsync(string name)
    {
        _workplace.Scalar(name, "CREATE TABLE other AS SELECT 1 AS id");
        return File.ReadAllBytesAsync(_workplace.PathOf(name), Token);
    }
}
