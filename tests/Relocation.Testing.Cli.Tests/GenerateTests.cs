using System.Globalization;
using System.Text.RegularExpressions;

namespace Relocation.Testing.Cli.Tests;

public sealed class GenerateTests : IDisposable
{
    private static readonly string[] Shop = ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext"];

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Generated_backup_of_a_context_can_be_imported_and_its_counts_are_shown()
    {
        var outcome = (await _workplace.RunAsync(
            ["generate", .. Shop, "--records", "300", "--count", "shop.country=7", "--locale", "de", "--output", "backup.json.gz"])).With(0);

        Assert.Matches(@"\| shop\.country +\| +7 \|", outcome.Output);
        // A profile belongs to one customer, so that there may be a record less where shares were rounded.
        var records = long.Parse(Regex.Match(outcome.Output, @"^(\d+) records of", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(records, 297, 300);
        Assert.Equal(0x1F, (await File.ReadAllBytesAsync(_workplace.PathOf("backup.json.gz"), TestContext.Current.CancellationToken))[0]);
        Assert.Single(Directory.GetFiles(_workplace.Folder));
        var import = (await _workplace.RunAsync(
            ["import", "backup.json.gz", .. Shop, "--refuse-unknown-fields", "--refuse-unknown-models", "--json"])).With(0).Json();
        Assert.Equal(records, import.GetProperty("counts").GetProperty("records").GetInt64());
    }

    [Fact]
    public async Task Backup_of_sentry_goes_to_standard_output_and_is_the_same_for_the_same_seed()
    {
        string[] arguments = ["generate", "--model", "sentry@24.7.0", "--count", "sentry.user=5", "--seed", "7", "--output", "-"];
        var first = (await _workplace.RunAsync(arguments)).With(0);
        var second = (await _workplace.RunAsync(arguments)).With(0);

        Assert.Equal(first.Output, second.Output);
        Assert.Contains("written to standard output", first.Error, StringComparison.Ordinal);
        (await _workplace.RunAsync(first.Output, ["import", "-", "--model", "sentry@24.7.0"])).With(0);
    }

    [Fact]
    public async Task Json_lists_the_counts()
    {
        var result = (await _workplace.RunAsync(["generate", .. Shop, "--output", "backup.json", "--json"])).With(0).Json();

        Assert.Equal("generated", result.GetProperty("status").GetString());
        Assert.Equal(10, result.GetProperty("counts").GetProperty("shop.order").GetInt64());
        Assert.Equal(
            result.GetProperty("records").GetInt64(),
            result.GetProperty("counts").EnumerateObject().Sum(count => count.Value.GetInt64()));
    }

    [Theory]
    [InlineData("generate --output x.json", "Give --model")]
    [InlineData("generate --model sentry", "--output")]
    [InlineData("generate --model sentry --output - --json", "both write to standard output")]
    [InlineData("generate --model sentry --output x.json --count sentry.user", "is no model and number")]
    [InlineData("generate --model sentry --output x.json --count sentry.pen=3", "'sentry.pen'")]
    [InlineData("generate --model sentry --output x.json --locale klingon", "klingon")]
    [InlineData("generate --model sentry --output x.json --reference-date today", "is no day")]
    [InlineData("generate --model sentry --output x.json --records many", "many")]
    public async Task Wrong_usage_is_told_and_leaves_no_file(string arguments, string message)
    {
        var outcome = (await _workplace.RunAsync(arguments.Split(' '))).With(2);

        Assert.Contains(message, outcome.Error + outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_workplace.Folder));
    }

    [Fact]
    public async Task Folder_that_is_not_there_is_the_users_mistake()
    {
        var output = Path.Combine("missing", "x.json");
        (await _workplace.RunAsync("generate", "--model", "sentry", "--output", output)).With(2);

        Assert.Empty(Directory.GetFileSystemEntries(_workplace.Folder));
    }

    [Fact]
    public async Task Help_shows_examples()
    {
        var help = (await _workplace.RunAsync("generate", "--help")).With(0);

        Assert.Contains("Examples:\n  relocation generate ", help.Output, StringComparison.Ordinal);
    }
}
