namespace Relocation.Testing.Cli.Tests;

/// <summary>Options that say what is no part of backups, and what becomes of records whose values are taken.</summary>
public sealed class LeaveOutTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Records_whose_values_are_taken_are_refused_or_merged_as_asked_for()
    {
        _workplace.Write("tags.json", """[{"model": "shop.tag", "pk": 4, "fields": {"name": "red"}}]""");
        string[] import = ["import", "tags.json", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--database", "shop_test.db"];
        (await _workplace.RunAsync(import)).With(0);

        (await _workplace.RunAsync(import)).With(1);
        (await _workplace.RunAsync([.. import, "--on-collision", "merge"])).With(0);
        Assert.Equal(1, _workplace.Scalar("shop_test.db", "SELECT count(*) FROM Tags"));
        (await _workplace.RunAsync([.. import, "--on-collision", "suffix"])).With(0);

        Assert.Equal(2, _workplace.Scalar("shop_test.db", "SELECT count(*) FROM Tags"));
    }

    [Fact]
    public async Task Model_that_is_left_out_is_said_and_its_records_are_not_imported()
    {
        _workplace.Write("tags.json", """[{"model": "shop.tag", "pk": 4, "fields": {"name": "red"}}, {"model": "shop.currency", "pk": "EUR", "fields": {}}]""");
        string[] model = ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--leave-out", "shop.tag"];

        var inspected = (await _workplace.RunAsync(["inspect", "tags.json", .. model])).With(0).Output;
        var json = (await _workplace.RunAsync(["inspect", "tags.json", "--json", .. model])).With(0).Json();

        Assert.Contains("Left out of ShopContext, and of backups:\n  shop.tag is left out, as declared", inspected, StringComparison.Ordinal);
        Assert.Equal("is left out, as declared", json.GetProperty("leftOut").GetProperty("shop.tag").GetString());
        Assert.Contains("--assembly", (await _workplace.RunAsync("inspect", "tags.json", "--leave-out", "shop.tag")).With(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_have_the_first_part_that_is_asked_for()
    {
        _workplace.Write("tags.json", """[{"model": "store.tag", "pk": 4, "fields": {"name": "red"}}]""");
        string[] model = ["--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--database", "store_test.db"];

        (await _workplace.RunAsync(["import", "tags.json", .. model])).With(1);
        (await _workplace.RunAsync(["import", "tags.json", .. model, "--app", "store"])).With(0);
        (await _workplace.RunAsync(["export", "out.json", .. model, "--app", "store"])).With(0);

        Assert.Equal(1, _workplace.Scalar("store_test.db", "SELECT count(*) FROM Tags"));
        Assert.Contains("\"store.tag\"", await File.ReadAllTextAsync(_workplace.PathOf("out.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("--assembly", (await _workplace.RunAsync("inspect", "tags.json", "--app", "store")).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("--app is 'a.b'", (await _workplace.RunAsync(["inspect", "tags.json", .. model[..4], "--app", "a.b"])).With(2).Error, StringComparison.Ordinal);
    }
}
