using System.Text;
using CsCheck;
using Relocation.Testing.Keys;
using Relocation.Testing.Snapshots;
using Relocation.Testing.Specification;
using Xunit;

namespace Relocation.Testing.Tests.Snapshots;

public sealed class SnapshotNameTests
{
    [Fact]
    public void Name_of_a_plain_test_is_its_type_and_method() =>
        Assert.Equal("SnapshotNameTests.Plain", SnapshotName.Of(typeof(SnapshotNameTests), "Plain"));

    [Fact]
    public void Name_holds_the_types_around_and_type_arguments() =>
        Assert.Equal("SnapshotNameTests.Inner[int].Plain", SnapshotName.Of(typeof(Inner<int>), "Plain"));

    [Fact]
    public void Name_holds_the_arguments_by_the_invariant_culture()
    {
        var name = SnapshotName.Of(
            typeof(SnapshotNameTests), "M", ("text", "a"), ("number", -1.5), ("none", null), ("yes", true), ("many", new object[] { 1, "b" }));

        Assert.StartsWith("SnapshotNameTests.M_text=a_number=-1.5_none=null_yes=True_many=[1,b]-", name, StringComparison.Ordinal);
        Assert.Equal("SnapshotNameTests.M_text=a_number=-1.5", SnapshotName.Of(typeof(SnapshotNameTests), "M", ("text", "a"), ("number", -1.5)));
    }

    [Theory]
    [InlineData("complete.json", "complete.json")]
    [InlineData("v2-changed.json", "v2-changed.json")]
    [InlineData("v2/changed.json", "v2+changed.json")]
    [InlineData("de", "de")]
    public void Usual_names_of_files_are_shown_as_they_are(string value, string shown) =>
        Assert.Equal($"SnapshotNameTests.M_backup={shown}", SnapshotName.Of(typeof(SnapshotNameTests), "M", ("backup", value)));

    /// <summary>A name is the same on every machine and with every version of an assembly; its hash too, so it is written down here.</summary>
    [Fact]
    [Case("snapshot-names")]
    public void Names_depend_on_no_culture_and_no_version()
    {
        var name = SnapshotName.Of(typeof(SnapshotNameTests), "M", ("value", new Priced(1.5m, new DateOnly(2024, 1, 2))));
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Equal(name, SnapshotName.Of(typeof(SnapshotNameTests), "M", ("value", new Priced(1.5m, new DateOnly(2024, 1, 2)))));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }

        foreach (var type in (Type[])[typeof(List<int>), typeof(SnapshotNameTests), typeof(Inner<SnapshotNameTests>)])
        {
            Assert.DoesNotContain("Version=", Testing.Snapshots.SnapshotArgument.Of(type, null).Whole, StringComparison.Ordinal);
        }
    }

    private sealed record Priced(decimal Price, DateOnly From);

    public static TheoryData<string> Groups => [.. Arguments.Keys];

    private static Dictionary<string, object?[]> Arguments => new()
    {
        ["texts"] = ["a/b", "a+b", "a/", "a+", "a:b", "a-b", "a*b", "a|b", "a\\b", "", " ", "a ", "a", "A", "null", null, "e\u0301", "\u00e9", "tab\there", "tab\nhere", "\ud800", "\ud801", "x_b=y"],
        ["types"] = [1, 1L, 1u, 1ul, (short)1, (byte)1, "1", '1', 1.0, 1f, 1m, 1.0m, 1.00m, true, "True", "true", 'x', "x", DayOfWeek.Monday, "Monday", null, "int"],
        ["doubles"] = [0.0, -0.0, 0.1, 0.1f, 0.1m, 1e20, 1e-7, double.NaN, double.PositiveInfinity, double.NegativeInfinity, float.NaN, "nan", double.Epsilon, 0.30000000000000004, 0.3],
        ["moments"] =
        [
            new DateTime(2024, 1, 2, 3, 4, 5), new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTime(2024, 1, 2, 3, 4, 5).AddTicks(1),
            new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), new DateOnly(2024, 1, 2),
            new TimeOnly(3, 4, 5), new TimeOnly(3, 4, 6), TimeSpan.FromTicks(1), TimeSpan.FromTicks(2), "2024-01-02",
        ],
        ["lists"] =
        [
            new[] { 1, 2 }, new[] { 12 }, new long[] { 1, 2 }, new List<int> { 1, 2 }, new[] { "1,2" }, new[] { "1", "2" }, "[1,2]", Array.Empty<int>(), Array.Empty<string>(),
            new int[][] { [1], [2] }, new int[][] { [1, 2] }, (1, 2), ("1", 2), new Dictionary<string, int> { ["a"] = 1 }, new Dictionary<string, int> { ["a"] = 2 }, typeof(int), typeof(string),
        ],
        ["long"] = [new string('x', 300) + "1", new string('x', 300) + "2", new string('x', 300)],
    };

    /// <summary>Also where a file system takes capitals for small letters and a name has no characters that one of them forbids.</summary>
    [Theory]
    [Case("snapshot-names")]
    [MemberData(nameof(Groups))]
    public void Names_of_files_differ_whenever_arguments_differ(string group)
    {
        var names = Arguments[group].Select(value => Testing.Snapshots.SnapshotPaths.FileName(SnapshotName.Of(typeof(SnapshotNameTests), "M", ("value", value)))).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 200));
    }

    [Fact]
    [Case("snapshot-names")]
    public void Names_differ_whenever_any_two_values_differ() => Gen.Select(Value, Value).Sample((one, other) =>
    {
        string Name(object? value) => Testing.Snapshots.SnapshotPaths.FileName(SnapshotName.Of(typeof(SnapshotNameTests), "M", ("value", value)));

        // The same number as a float and as a double are two arguments.
        return Equals(one, other) == string.Equals(Name(one), Name(other), StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    [Case("snapshot-names")]
    public void Names_differ_by_type_arguments_and_what_a_class_was_made_with()
    {
        var method = typeof(Inner<int>).GetMethod(nameof(Inner<int>.Test))!;
        var other = typeof(Inner<string>).GetMethod(nameof(Inner<int>.Test))!;
        string[] names =
        [
            SnapshotName.Of(method, [], [], []), SnapshotName.Of(other, [], [], []), SnapshotName.Of(method, ["gold"], [], []),
            SnapshotName.Of(method, ["silver"], [], []), SnapshotName.Of(method, ["Gold"], [], []), SnapshotName.Of(method, [null], [], []),
            SnapshotName.Of(method, ["a", "b"], [], []), SnapshotName.Of(method, ["a,b"], [], []), SnapshotName.Of(method, [1], [], []),
        ];

        Assert.Equal("SnapshotNameTests.Inner[int](gold).Test", names[2]);
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    [Case("snapshot-names")]
    public void Name_that_another_test_has_is_refused_with_both_tests()
    {
        var path = $"/nowhere/{nameof(Name_that_another_test_has_is_refused_with_both_tests)}.verified.txt";
        SnapshotClaims.Take(path, new("Keys()", "SqliteTests", "1", "SqliteTests.Keys"));

        // Again, and on another database.
        SnapshotClaims.Take(path, new("Keys()", "SqliteTests", "1", "SqliteTests.Keys"));
        SnapshotClaims.Take(path, new("Keys()", "PostgreSqlTests", "2", "PostgreSqlTests.Keys"));

        foreach (var (claim, taken) in ((SnapshotClaim, string)[])
            [(new("Keys()", "SqliteTests", "3", "SqliteTests.Keys(other)"), path), (new("keys()", "SqliteTests", "4", "SqliteTests.keys"), path.Replace("Name", "name", StringComparison.Ordinal))])
        {
            var refusal = Assert.Throws<InvalidOperationException>(() => SnapshotClaims.Take(taken, claim));
            Assert.Contains($"\n  SqliteTests.Keys\n  {claim.Test}\n", refusal.Message, StringComparison.Ordinal);
        }
    }

    private static Gen<object?> Value => Gen.OneOf(
        Gen.String[Gen.Char["aAbB/+:-*_.=,[]() 1é"], 0, 3].Select(text => (object?)text),
        Gen.Int[-2, 2].Select(number => (object?)number),
        Gen.Long[-2, 2].Select(number => (object?)number),
        Gen.Bool.Select(truth => (object?)truth),
        Gen.Int[0, 2].Select(number => (object?)(number / 2m)),
        Gen.Const((object?)null));

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

        public void Test() => Assert.Null(Value);
    }
}
