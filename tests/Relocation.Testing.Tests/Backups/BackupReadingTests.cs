using System.Text.Json;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

public sealed class BackupReadingTests
{
    private static readonly Dictionary<ModelLabel, IReadOnlyList<string>> Fields = new()
    {
        [ModelLabel.Parse("shop.order")] = ["number", "note"],
        [ModelLabel.Parse("shop.customer")] = ["name"],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wanted_fields_of_wanted_models_are_handed_on_as_they_are()
    {
        var read = new List<string>();

        await Backup.FromJson("""
            [{"model": "shop.customer", "pk": 3, "fields": {"name": "Ann", "secret": 1}}, {"model": "shop.other", "pk": 1, "fields": {}},
             {"model": "shop.order", "pk": "a", "fields": {"number": 1.50, "note": null}}, {"model": "shop.order", "pk": 2, "fields": {}}]
            """).ReadAsync(Fields, record => read.Add($"{record.Index} {record.Model} {record.Key} {Text(record["number"])} {Text(record["note"])} {Text(record["name"])} {Text(record["secret"])}"), Cancel);

        Assert.Equal(["2 shop.order \"a\" 1.50 null - -", "3 shop.order 2 - - - -", "0 shop.customer 3 - - \"Ann\" -"], read);
    }

    [Fact]
    public async Task Nothing_of_what_is_no_backup_is_handed_on()
    {
        var read = 0;

        var refused = await Assert.ThrowsAsync<BackupFormatException>(() => Backup.FromJson("""
            [{"model": "shop.order", "pk": 1, "fields": {}}, {"model": "shop.order", "fields": {}}]
            """).ReadAsync(Fields, _ => read++, Cancel));

        Assert.Equal((0, "/1"), (read, refused.Problems[0].Place.Pointer));
    }

    private static string Text(JsonElement? value) => value?.GetRawText() ?? "-";
}
