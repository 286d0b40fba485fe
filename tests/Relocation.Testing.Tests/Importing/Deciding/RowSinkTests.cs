using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Importing.Writing;
using Relocation.Testing.Tests.Comparing;
using Xunit;

namespace Relocation.Testing.Tests.Importing.Deciding;

public sealed class RowSinkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_one_model_go_to_one_writer_until_another_models_come()
    {
        await using var import = await MadeImport.OfAsync(Model(), Records(4));
        var transaction = new MadeTransaction();
        await import.DecideAsync(transaction);
        await using var sink = new RowSink(transaction, import.Context);
        var (left, right) = (Reader(import, "left"), Reader(import, "right"));

        await FillAsync(sink, left, 3);
        await FillAsync(sink, left, 1);
        await FillAsync(sink, right, 1);
        await sink.CompleteAsync(Cancel);

        Assert.Equal(
            [
                "open left", "write left 0", "write left 1", "write left 2", "write left 0", "complete left",
                "open right", "write right 0", "complete right",
            ],
            transaction.Done);
        Assert.Equal([("left", 4L), ("right", 1L)], sink.TakeWritten().Select(table => (table.Key.Name, table.Value)));
        Assert.Empty(sink.TakeWritten());
    }

    [Fact]
    public async Task Nothing_is_written_once_something_is_wrong()
    {
        await using var import = await MadeImport.OfAsync(Model(), Records(1));
        var transaction = new MadeTransaction();
        await import.DecideAsync(transaction);
        await using var sink = new RowSink(transaction, import.Context);
        import.Problems.Add(BackupProblemKind.WrongValue, "Wrong.", import.Table("left").Records.PlaceOf(0, null));

        await FillAsync(sink, Reader(import, "left"), 1);
        await sink.CompleteAsync(Cancel);

        Assert.Empty(transaction.Done);
    }

    [Fact]
    public async Task Rows_are_written_over_others_after_all_rows_before_them_have_arrived()
    {
        await using var import = await MadeImport.OfAsync(Model(), Records(2));
        var transaction = new MadeTransaction();
        await import.DecideAsync(transaction);
        await using var sink = new RowSink(transaction, import.Context);
        var left = Reader(import, "left");
        var batch = await sink.BatchForAsync(left, Cancel);
        Add(batch, 0);
        Add(sink.OverwritingBatchFor(left), 8);

        await sink.OverwriteAsync(left, Cancel);

        Assert.Equal(["open left", "write left 0", "complete left", "overwrite left 8"], transaction.Done);
    }

    private static RelocationModel Model() => RelocationModel.Create("made", [Entities.Entity("left", []), Entities.Entity("right", [])]);

    private static string Records(int count) => string.Join(',', Enumerable.Range(1, count).SelectMany(
        key => new[] { "left", "right" }.Select(model => $$$"""{"model": "made.{{{model}}}", "pk": {{{key}}}, "fields": {}}""")));

    private static RowReader Reader(MadeImport import, string model) =>
        new RecordReader(import.Table(model), import.Context.Layouts[import.Table(model).Entity], import.Context, []).Rows;

    private static async Task FillAsync(RowSink sink, RowReader reader, int rows)
    {
        var batch = await sink.BatchForAsync(reader, Cancel);
        for (var row = 0; row < rows; row++)
        {
            Add(batch, row);
        }

        await sink.FlushAsync(reader, Cancel);
    }

    private static void Add(RowBatch batch, int key)
    {
        batch.NextRow()[0] = Cell.Fixed(key);
        batch.CompleteRow(0);
    }
}
