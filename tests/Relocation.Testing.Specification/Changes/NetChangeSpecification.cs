using System.Data.Common;
using System.Globalization;
using CsCheck;
using Relocation.Testing.Reading;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Resetting;

namespace Relocation.Testing.Specification.Changes;

/// <summary>Whatever a test does: the told changes, applied to the rows before, give the rows after, and none is told that is none.</summary>
public abstract class NetChangeSpecification(DatabaseUnderTest engine)
{
    private static readonly (string Name, string[] Columns)[] Tables =
    [
        ("team", ["id", "name", "slug", "rank", "touched"]), ("member", ["id", "team", "boss", "name"]), ("badge", ["member", "rank", "metal"]),
        ("nickname", ["name", "member"]), ("line", ["text"]),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_lead_from_the_rows_before_to_the_rows_after_when_operations_are_random()
    {
        await using var database = await engine.CreateAsync(UndoLogSpecification.SchemaOf(engine), UndoLogSpecification.Seed);
        await using var first = await database.OpenConnectionAsync(Cancel);
        await using var second = await database.OpenConnectionAsync(Cancel);
        string[] changes = [.. UndoLogSpecification.Changes, .. engine.MoreChanges];
        var change = Gen.Select(Gen.Int[0, changes.Length - 1], Gen.Int[1, 6], Gen.Int[1, 6], (index, one, two) =>
            string.Format(CultureInfo.InvariantCulture, changes[index], one, two));
        var work = Gen.Select(change.List[1, 4], Gen.Enum<WorkEnd>(), Gen.Bool, (statements, end, isFirst) => (statements, end, isFirst));

        await Gen.Select(work.List[0, 3], work.List[0, 3]).SampleAsync(
            async (before, after) =>
            {
                await database.ResetAsync(Cancel);
                var baseline = await RowsAsync(database);
                Assert.Empty((await database.ChangesAsync(cancellationToken: Cancel)).Records);
                foreach (var (statements, end, isFirst) in before)
                {
                    await UndoLogSpecification.RunAsync(isFirst ? first : second, statements, end);
                }

                var (mark, atMark) = (await TouchedImages.ReadAsync(database, Cancel), await RowsAsync(database));
                foreach (var (statements, end, isFirst) in after)
                {
                    await UndoLogSpecification.RunAsync(isFirst ? first : second, statements, end);
                }

                var (images, now) = (await TouchedImages.ReadAsync(database, Cancel), await RowsAsync(database));
                foreach (var (table, rows) in now)
                {
                    Assert.Equal(rows, Applied(baseline[table], table, images, null));
                    Assert.Equal(rows, Applied(atMark[table], table, images, mark));
                }
            },
            iter: 80, threads: 1);
    }

    /// <summary>The rows of each table, ordered.</summary>
    private static async Task<Dictionary<string, List<string>>> RowsAsync(TestDatabase database)
    {
        await using var look = await database.OpenTouchedAsync(Cancel);
        var tables = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, columns) in Tables)
        {
            await using var command = look.Transaction.Connection!.CreateCommand();
            command.Transaction = look.Transaction;
            command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => look.AsJson($"\"{column}\"")))} FROM {name}";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            tables.Add(name, await TextsAsync(reader));
        }

        return tables;
    }

    private static async Task<List<string>> TextsAsync(DbDataReader reader)
    {
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
        {
            rows.Add(Text([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static string Text(string?[] row) => string.Join(" | ", row.Select(value => value ?? "null"));

    private static List<string> Applied(List<string> rows, string table, TouchedImages images, TouchedImages? mark)
    {
        var (image, marked) = (Find(images, table), mark is null ? null : Find(mark, table));
        List<string> applied = [.. rows];
        var changes = image is null && marked is null ? [] : RowComparison.Compare(image, marked);
        foreach (var change in changes)
        {
            Assert.True(change.Old is null || change.New is null || !change.Old.SequenceEqual(change.New), table);
            Assert.True(change.Old is null || applied.Remove(Text(change.Old)), table);
        }

        return [.. applied.Concat(changes.Select(change => change.New).OfType<string?[]>().Select(Text)).Order(StringComparer.Ordinal)];
    }

    private static TableImage? Find(TouchedImages images, string table) => images.Tables.FirstOrDefault(pair => pair.Key.Name == table).Value;
}
