using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

public sealed class MatrixTests : IDisposable
{
    private static readonly string[] OnSqlite = ["--engine", "sqlite"];

    private readonly Workplace _workplace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Backups_of_a_folder_meet_two_contexts_of_an_assembly()
    {
        CopyShop();

        var outcome = (await _workplace.RunAsync(
            ["matrix", "backups", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--context", "ParcelContext", .. OnSqlite])).With(1);

        Assert.Matches(@"\| complete\.json +\| ShopContext +\| clean +\| +\|", outcome.Output);
        Assert.Matches(@"\| old/drift\.json +\| ShopContext +\| drift +\| 2 unknown models, \d+ unknown fields, \d+ defaulted fields? +\|", outcome.Output);
        Assert.Matches(@"\| complete\.json +\| ParcelContext +\| refused +\| 1 problem +\|", outcome.Output);
        Assert.Contains("2 backups, 2 versions, SQLite: 1 clean, 1 drift, 2 refused.\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Refused cells are findings", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_is_written_in_three_forms()
    {
        var backup = Workplace.Fixture("sentry/organization.json");

        var result = (await _workplace.RunAsync(
            ["matrix", backup, "--model", "sentry@24.7.0", "--model", "sentry@24.4.2", .. OnSqlite,
                "--output", "table.md", "--output", "table.json", "--output", "table.txt", "--json"])).With(0).Json();

        Assert.Equal(["24.7.0", "24.4.2"], result.GetProperty("versions").EnumerateArray().Select(version => version.GetString()));
        Assert.Equal(["clean", "drift"], result.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("result").GetString()));
        Assert.Contains("| organization.json | clean | drift: ", await ReadAsync("table.md"), StringComparison.Ordinal);
        Assert.Contains("- unknown model sentry.projecttemplate: 1 record\n", await ReadAsync("table.md"), StringComparison.Ordinal);
        Assert.Contains("    unknown model sentry.projecttemplate: 1 record\n", await ReadAsync("table.txt"), StringComparison.Ordinal);
        using var written = System.Text.Json.JsonDocument.Parse(await ReadAsync("table.json"));
        Assert.Equal(result.GetProperty("cells").GetRawText(), written.RootElement.GetProperty("cells").GetRawText());
    }

    [Fact]
    public async Task Changed_cell_gives_a_finding_and_an_approved_table_none()
    {
        CopyShop();
        string[] command = ["matrix", "backups", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", .. OnSqlite, "--approved", "shop.verified.txt"];

        Assert.Contains("Nothing is approved yet", (await _workplace.RunAsync(command)).With(1).Output, StringComparison.Ordinal);
        File.Move(_workplace.PathOf("shop.received.txt"), _workplace.PathOf("shop.verified.txt"));
        (await _workplace.RunAsync(command)).With(0);
        _workplace.Write(Path.Combine("backups", "complete.json"), """[{"model": "shop.ghost", "pk": 1, "fields": {}}]""");
        var changed = (await _workplace.RunAsync([.. command, "--json"])).With(1).Json();

        Assert.Equal("mismatch", changed.GetProperty("status").GetString());
        Assert.False(changed.GetProperty("approved").GetProperty("matches").GetBoolean());
        Assert.Contains("'shop.ghost'", await ReadAsync("shop.received.txt"), StringComparison.Ordinal);
    }

    [Fact]
    [Case("matrix-exit")]
    public async Task Backup_that_is_broken_is_a_refused_cell_that_says_why()
    {
        string[] command = ["matrix", Workplace.Fixture("invalid/truncated.json"), "--model", "sentry", .. OnSqlite];
        var outcome = (await _workplace.RunAsync(command)).With(1);
        var json = (await _workplace.RunAsync([.. command, "--json"])).With(1).Json();
        Assert.Equal(("refused", 1), (json.GetProperty("status").GetString(), json.GetProperty("exitCode").GetInt32()));

        Assert.Contains("Refused:\n  head (SQLite): truncated.json, line 4:57", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("1 backup, 1 version, SQLite: 1 refused.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Case("matrix-exit")]
    public async Task Refused_cell_is_none_of_a_failure_once_the_approved_table_has_it()
    {
        string[] command = ["matrix", Workplace.Fixture("invalid/truncated.json"), "--model", "sentry", .. OnSqlite];
        (await _workplace.RunAsync([.. command, "--output", "table.txt"])).With(1);

        (await _workplace.RunAsync([.. command, "--approved", "table.txt"])).With(0);
        Assert.Equal("filled", (await _workplace.RunAsync([.. command, "--approved", "table.txt", "--json"])).With(0).Json().GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("matrix nowhere", "There is no backup at 'nowhere'")]
    [InlineData("matrix . --context Shop", "Give --assembly too")]
    [InlineData("matrix . --model sentry@1.0", "There is no model of Sentry '1.0'")]
    [InlineData("matrix . --model sentry --assembly a.dll", "exclude each other")]
    [InlineData("matrix . --assembly a.dll --assembly b.dll --context A --context B", "one assembly with several contexts")]
    [InlineData("matrix . --engine oracle", "oracle")]
    public async Task Command_line_that_cannot_be_is_a_usage_error(string command, string message)
    {
        var outcome = (await _workplace.RunAsync(command.Split(' '))).With(2);

        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    private void CopyShop()
    {
        Directory.CreateDirectory(_workplace.PathOf("backups/old"));
        File.Copy(Workplace.Fixture("shop/complete.json"), _workplace.PathOf("backups/complete.json"));
        File.Copy(Workplace.Fixture("shop/drift.json"), _workplace.PathOf("backups/old/drift.json"));
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(_workplace.PathOf(name), Cancel);
}
