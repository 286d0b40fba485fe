using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Writing;
using Relocation.Testing.Planning;
using Relocation.Testing.Tests.Comparing;
using Xunit;

namespace Relocation.Testing.Tests.Importing.Deciding;

public sealed class RowSplitterTests
{
    private static readonly RelocationField Given = Entities.Field("given") with { Default = FieldDefault.Database };

    [Fact]
    public void Rows_that_leave_a_column_to_the_database_are_divided_from_those_that_do_not()
    {
        using var rows = new RowBatch(Layout().Columns, 3);
        Add(rows, Cell.Fixed(1), Cell.Absent, Cell.Fixed(7));
        Add(rows, Cell.Fixed(2), Cell.Fixed(5), Cell.Fixed(8));
        Add(rows, Cell.Fixed(3), Cell.Absent, Cell.Fixed(9));

        var parts = new RowSplitter(Layout()).Split(rows).ToList();

        Assert.Equal(
            ["id,plain: 1,7 3,9", "id,given,plain: 2,5,8"],
            parts.Select(part => $"{string.Join(',', part.Columns.Select(column => column.Name))}: "
                + string.Join(' ', Enumerable.Range(0, part.Rows.Count).Select(row => MadeTransaction.Text(part.Rows, row)))));
        Assert.Equal([0, 2], parts[0].Rows.Ranks.Take(2));
        parts.ForEach(part => part.Rows.Dispose());
    }

    [Fact]
    public void Rows_that_are_whole_are_passed_on_as_they_are()
    {
        using var rows = new RowBatch(Layout().Columns, 1);
        Add(rows, Cell.Fixed(1), Cell.Fixed(5), Cell.Null);

        Assert.Same(rows, Assert.Single(new RowSplitter(Layout()).Split(rows)).Rows);
    }

    private static EntityLayout Layout()
    {
        var entity = Entities.Entity("split", [Given, Entities.Field("plain")]);
        return LayoutSet.Of(RelocationModel.Create("made", [entity]))[entity];
    }

    private static void Add(RowBatch rows, params ReadOnlySpan<Cell> cells)
    {
        cells.CopyTo(rows.NextRow());
        rows.CompleteRow(rows.Count);
    }
}
