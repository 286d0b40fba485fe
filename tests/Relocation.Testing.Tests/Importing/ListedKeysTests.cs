using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Importing.Records;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class ListedKeysTests
{
    private static readonly RelocationField[] Fields =
    [
        new() { Name = "a", Column = "a", StoreType = "TEXT", Type = FieldType.Text },
        new() { Name = "b", Column = "b", StoreType = "TEXT", Type = FieldType.Instant },
    ];

    [Fact]
    public void Key_is_known_by_all_its_parts_and_one_with_a_null_is_the_key_of_no_record()
    {
        using var batch = new RowBatch(Fields, 1);
        ColumnState[] columns = [new(Fields[0], 0, -1), new(Fields[1], 1, -1)];
        var keys = new ListedKeys();

        Assert.True(keys.Add([batch.Add("x"u8), Cell.Moment(5, 60)], columns, batch));
        Assert.True(keys.Add([batch.Add("x"u8), Cell.Moment(6, 60)], columns, batch));
        Assert.True(keys.Add([batch.Add(""u8), Cell.Moment(5, 60)], columns, batch));
        Assert.False(keys.Add([batch.Add("x"u8), Cell.Moment(5, -120)], columns, batch));
        Assert.True(keys.Add([Cell.Null, Cell.Fixed(5)], columns, batch));
        Assert.True(keys.Add([Cell.Null, Cell.Fixed(5)], columns, batch));
        Assert.True(keys.Restarted().Add([batch.Add("x"u8), Cell.Moment(5, 60)], columns, batch));
    }
}
