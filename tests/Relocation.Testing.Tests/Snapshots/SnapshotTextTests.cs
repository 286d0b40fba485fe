using System.Globalization;
using CsCheck;
using Relocation.Testing.Keys;
using Relocation.Testing.Snapshots;
using Relocation.Testing.Tests.Keys;
using Xunit;

namespace Relocation.Testing.Tests.Snapshots;

public sealed class SnapshotTextTests
{
    private const KeyMappingKind Inserted = KeyMappingKind.Inserted;
    private const KeyMappingKind Existing = KeyMappingKind.Existing;
    private const KeyMappingKind Overwrite = KeyMappingKind.Overwrite;

    private static readonly MapModel Users = MapParts.Integers("auth.user", (2, 7, Existing, 0), (1, 8, Overwrite, 0));
    private static readonly MapModel Orders =
        MapParts.Integers("shop.order", (10, 103, Inserted, 2), (9, 102, Inserted, 1), (11, 104, Existing, 0));

    [Fact]
    public void Snapshot_shows_each_record_by_model_and_old_key()
    {
        var map = MapParts.Build(Users, Orders, MapParts.Inserted("shop.visit"), MapParts.Inserted("shop.sale", (1, 1)));

        const string Expected = """
            relocation pk map 1
            6 records of 4 models

            auth.user: 2 records (1 existing, 1 overwrite)
            auth.user 1 -> 8 overwrite
            auth.user 2 -> 7 existing

            shop.order: 3 records (2 inserted, 1 existing)
            shop.order 9 -> 102 inserted owner=auth.user#1
            shop.order 10 -> 103 inserted owner=auth.user#2
            shop.order 11 -> 104 existing

            shop.visit: 0 records

            shop.sale: 1 record (1 inserted)
            shop.sale 1 -> 1 inserted
            """;
        Assert.Equal(Lf(Expected), map.ToSnapshot());
    }

    [Fact]
    public void Snapshot_of_an_empty_map_says_so() =>
        Assert.Equal("relocation pk map 1\n0 records of 0 models", MapParts.Build().ToSnapshot());

    [Fact]
    public void Snapshot_shows_keys_of_every_kind_and_quotes_names_that_need_it()
    {
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var map = MapParts.Build(new MapModel(
            ModelLabel.Parse("shop.odd one"),
            [("paid by", ModelLabel.Parse("auth.user"))],
            [
                new MapEntry(RecordKey.From(-1), RecordKey.From(guid), Inserted, [RecordKey.From("a \"b\"\n")]),
                new MapEntry(RecordKey.From([RecordKey.From(1), RecordKey.From("x y")]), RecordKey.From("é"), Inserted, [null]),
            ]));

        const string Expected = """
            relocation pk map 1
            2 records of 1 model

            "shop.odd one": 2 records (2 inserted)
            "shop.odd one" -1 -> 0f8fad5b-d9cb-469f-a165-70867728950e inserted "paid by"=auth.user#"a \"b\"\n"
            "shop.odd one" (1,"x y") -> "é" inserted
            """;
        Assert.Equal(Lf(Expected), map.ToSnapshot());
    }

    [Fact]
    public void Ordinals_show_the_place_of_new_keys_within_their_model()
    {
        var map = MapParts.Build(MapParts.Inserted("shop.order", (1, 900), (2, 17), (3, 900)));

        const string Expected = """
            relocation pk map 1, new keys by ordinal
            3 records of 1 model

            shop.order: 3 records (3 inserted)
            shop.order 1 -> 2 inserted
            shop.order 2 -> 1 inserted
            shop.order 3 -> 2 inserted
            """;
        Assert.Equal(Lf(Expected), map.ToSnapshot(new SnapshotOptions { NumbersNewKeys = true }));
    }

    [Fact]
    public void Parse_reads_back_what_was_written() =>
        MapParts.Models.Sample(models =>
        {
            var map = MapParts.Build(models);

            Assert.Equal(map, PrimaryKeyMap.Parse(map.ToSnapshot()));
            Assert.Equal(map, PrimaryKeyMap.Parse($"\uFEFF{map.ToSnapshot().ReplaceLineEndings("\r\n")}\r\n"));
        });

    [Fact]
    public void Parse_reads_back_ordinals() =>
        MapParts.Models.Sample(models =>
        {
            var text = MapParts.Build(models).ToSnapshot(new SnapshotOptions { NumbersNewKeys = true });

            Assert.Equal(text, PrimaryKeyMap.Parse(text).ToSnapshot());
        });

    [Fact]
    public Task Writing_gives_the_same_text_as_the_string() =>
        MapParts.Models.SampleAsync(async models =>
        {
            var map = MapParts.Build(models);
            await using var writer = new StringWriter(CultureInfo.InvariantCulture);

            await map.WriteSnapshotAsync(writer, cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(map.ToSnapshot(), writer.ToString());
        });

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    public void Text_does_not_depend_on_the_culture(string culture)
    {
        var map = MapParts.Build(MapParts.Inserted("shop.item", (-1_234_567, 9_876_543), (3, -4)));
        var moved = MapParts.Build(MapParts.Inserted("shop.item", (-1_234_567, 9_876_543), (3, -1_004)));
        var diff = SnapshotDiff.Between(map, moved).ToString();
        var text = map.ToSnapshot();
        var previous = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(text, map.ToSnapshot());
            Assert.Equal(map, PrimaryKeyMap.Parse(text));
            Assert.Equal(diff, SnapshotDiff.Between(map, moved).ToString());
            Assert.Contains("shop.item -1234567 -> 9876543 inserted", text, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }

    [Fact]
    public async Task Writing_a_million_records_costs_no_memory_for_each()
    {
        var keys = new ModelKeys(ModelLabel.Parse("shop.order"));
        var owners = new ReferenceKeys("owner", ModelLabel.Parse("auth.user"));
        keys.References.Add(owners);
        for (var i = 0; i < 1_000_000; i++)
        {
            keys.Add(RecordKey.From(i), RecordKey.From(i + 100), KeyMappingKind.Inserted);
            owners.OldKeys.Add(RecordKey.From(i / 3));
        }

        var map = new PrimaryKeyMap([keys]);
        await using var writer = new CountingWriter();
        await Small().WriteSnapshotAsync(writer, cancellationToken: TestContext.Current.CancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await map.WriteSnapshotAsync(writer, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.True(writer.Count > 40_000_000, $"Only {writer.Count} characters were written.");
        Assert.InRange(writer.Longest, 1, 20_000);
    }

    private static PrimaryKeyMap Small() => MapParts.Build(Users, Orders);

    private static string Lf(string text) => text.ReplaceLineEndings("\n");

    private sealed class CountingWriter : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        internal long Count { get; private set; }

        internal int Longest { get; private set; }

        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            Longest = Math.Max(Longest, buffer.Length);
            return Task.CompletedTask;
        }
    }
}
