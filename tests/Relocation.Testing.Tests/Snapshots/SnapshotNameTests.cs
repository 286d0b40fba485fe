using System.Text;
using Xunit;

namespace Relocation.Testing.Tests.Snapshots;

public sealed class SnapshotNameTests
{
    [Fact]
    public void Name_of_a_plain_test_is_its_type_and_method() =>
        Assert.Equal("SnapshotNameTests.Plain", SnapshotName.Of(typeof(SnapshotNameTests), "Plain"));

    [Fact]
    public void Name_holds_the_types_around_and_no_type_parameters() =>
        Assert.Equal("SnapshotNameTests.Inner.Plain", SnapshotName.Of(typeof(Inner<int>), "Plain"));

    [Fact]
    public void Name_holds_the_arguments_by_the_invariant_culture()
    {
        var name = SnapshotName.Of(
            typeof(SnapshotNameTests), "M", ("text", "a"), ("number", -1.5), ("none", null), ("yes", true), ("many", new object[] { 1, "b" }));

        Assert.Equal("SnapshotNameTests.M_text=a_number=-1.5_none=null_yes=True_many=[1,b]", name);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("森")]
    [InlineData("😀")]
    public void Long_names_fit_a_file_system_and_stay_distinct(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 300));

        var one = SnapshotName.Of(typeof(SnapshotNameTests), "M", ("text", text + "1"));
        var two = SnapshotName.Of(typeof(SnapshotNameTests), "M", ("text", text + "2"));

        Assert.NotEqual(one, two);
        Assert.Equal(one, SnapshotName.Of(typeof(SnapshotNameTests), "M", ("text", text + "1")));
        Assert.InRange(new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(one), 190, 200);
    }

    private sealed class Inner<T>
    {
        internal T? Value { get; init; }
    }
}
