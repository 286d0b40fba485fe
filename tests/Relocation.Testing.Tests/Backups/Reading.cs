using Relocation.Testing.Backups;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

/// <summary>Reads backups in tests.</summary>
internal static class Reading
{
    /// <summary>A shop: customers and orders with integer keys, tags with text keys, visits with Guids, lines with composite keys.</summary>
    internal static RelocationModel Shop { get; } = RelocationModel.Create("shop",
    [
        Entity("shop.customer", [FieldType.Integer], "shop.client"),
        Entity("shop.order", [FieldType.Integer]),
        Entity("shop.tag", [FieldType.Text]),
        Entity("shop.visit", [FieldType.Guid]),
        Entity("shop.line", [FieldType.Integer, FieldType.Text]),
    ]);

    internal static async Task<BackupIndex> IndexAsync(
        BackupContent content, RelocationModel? model = null, int blockSize = 1024, BackupLimits? limits = null, bool includeValues = false) =>
        await BackupIndexer.IndexAsync(
            content, new LabelTable(model, null), limits ?? BackupLimits.Default, includeValues, blockSize, null, TestContext.Current.CancellationToken);

    internal static async Task<BackupIndex> IndexAsync(
        Backup backup, RelocationModel? model = null, int blockSize = 1024, BackupLimits? limits = null, bool includeValues = false)
    {
        await using var content = await BackupContent.OpenAsync(backup, TestContext.Current.CancellationToken);
        return await IndexAsync(content, model, blockSize, limits, includeValues);
    }

    internal static Task<BackupIndex> IndexAsync(string json, RelocationModel? model = null) => IndexAsync(Backup.FromJson(json), model);

    internal static async Task<BackupFormatException> RefusalAsync(
        string json, RelocationModel? model = null, BackupLimits? limits = null, bool includeValues = false) =>
        await Assert.ThrowsAsync<BackupFormatException>(() => IndexAsync(Backup.FromJson(json), model, limits: limits, includeValues: includeValues));

    /// <summary>What the second pass reads of each record, in the order of the runs.</summary>
    internal static async Task<List<ReadRecord>> ReadAllAsync(BackupContent content, IEnumerable<RecordRun> runs, int blockSize = 1024)
    {
        var records = new List<ReadRecord>();
        await using var cursor = new RecordCursor(content, BackupLimits.Default, blockSize);
        foreach (var run in runs)
        {
            await cursor.SeekAsync(run, TestContext.Current.CancellationToken);
            while (await cursor.ReadAsync(TestContext.Current.CancellationToken))
            {
                records.Add(new ReadRecord(run.Label, cursor.ArrayIndex, cursor.Rank, cursor.Offset, Text(cursor.Pk), Text(cursor.Fields)));
            }
        }

        return records;
    }

    internal static string Text(ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8);

    private static RelocationEntity Entity(string label, FieldType[] key, params string[] aliases) => new()
    {
        Label = ModelLabel.Parse(label),
        Aliases = [.. aliases.Select(ModelLabel.Parse)],
        Table = label.Replace('.', '_'),
        Key = new RelocationKey { Fields = [.. key.Select(KeyPart)], Policy = KeyPolicy.Preserve },
        Fields = [],
    };

    private static RelocationField KeyPart(FieldType type, int index) => new()
    {
        Name = $"part{index}",
        Column = $"part{index}",
        StoreType = type.ToString(),
        Type = type,
    };

    internal sealed record ReadRecord(ModelLabel Label, int ArrayIndex, int Rank, long Offset, string Pk, string Fields);
}
