using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;

namespace Relocation.Testing.Tests.Bogus;

public sealed class SyntheticBackupTests
{
    private static readonly string[] OneBook = ["library.country", "library.author", "library.book"];

    private static readonly Gen<SyntheticBackupOptions> Options =
        from seed in Gen.Long
        from count in Gen.Int[0, 40]
        from nulls in Gen.Double[0, 1]
        from first in Gen.Long[1, 1_000_000]
        select new SyntheticBackupOptions { Seed = seed, RecordsPerModel = count, NullShare = nulls, FirstKey = first };

    [Fact]
    public void Backup_is_the_same_bytes_when_seed_and_reference_date_are() => Options.Sample(
        options => Text(LibraryModel.Make(), options) == Text(LibraryModel.Make(), options), iter: 20);

    [Fact]
    public void Backup_is_what_it_was_when_this_test_was_written()
    {
        var options = new SyntheticBackupOptions
        {
            Seed = 7,
            RecordsPerModel = 0,
            Records = OneBook.ToDictionary(ModelLabel.Parse, _ => 1L),
        };

        Assert.Equal(
            """
            [
            {"model":"library.country","pk":"TP","fields":{"name":"Equatorial Guinea"}},
            {"model":"library.author","pk":1,"fields":{"name":"Braulio McCu","email":"karellepros1@example.com","country_code":"TP","address":{"street":"107 Kiehn Estates","city":"Eldridgefort"},"mentor_id":null,"favorite_id":"e8d85a8d-4751-47fc-b06f-33eac5808e5a","born_on":"2024-11-08"}},
            {"model":"library.book","pk":"e8d85a8d-4751-47fc-b06f-33eac5808e5a","fields":{"title":"Possimus n","author_id":1,"price":5030.28,"published":"2021-01-06T08:38:26.169Z","tags":["harum"],"meta":{"name":"nulla","size":352,"active":true},"shelf":"KTP","position":1}}
            ]

            """,
            Text(LibraryModel.Make(), options),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Backup_differs_when_the_seed_does() => Assert.NotEqual(
        Text(LibraryModel.Make(), new SyntheticBackupOptions { Seed = 1 }),
        Text(LibraryModel.Make(), new SyntheticBackupOptions { Seed = 2 }));

    [Fact]
    public void Keys_are_distinct_and_references_resolve() => Options.Sample(
        options =>
        {
            var records = Records(LibraryModel.Make(), options);
            var keys = records.Select(record => (record.Label, record.Key)).ToHashSet();
            Assert.Equal(records.Count, keys.Count);
            foreach (var record in records)
            {
                foreach (var (target, key) in record.References())
                {
                    Assert.True(keys.Contains((target, key)), $"{record.Label} {record.Key} refers to {target} {key}.");
                }
            }
        },
        iter: 25);

    [Fact]
    public void Self_references_lead_to_earlier_records() => Options.Sample(
        options =>
        {
            var authors = Records(LibraryModel.Make(), options).Where(record => record.Label == "library.author").ToList();
            Assert.All(authors, author => Assert.True(
                author.Fields["mentor_id"] is not { } mentor
                || mentor.GetValue<long>() < long.Parse(author.Key, System.Globalization.CultureInfo.InvariantCulture)));
        },
        iter: 30);

    [Fact]
    public void Unique_sets_hold() => Options.Sample(
        options =>
        {
            var model = LibraryModel.Make();
            var byLabel = Records(model, options).ToLookup(record => record.Label);
            foreach (var entity in model.Entities)
            {
                foreach (var unique in entity.Uniques)
                {
                    var values = byLabel[entity.Label.Value]
                        .Select(record => unique.Fields.Select(name => record.Fields[name]?.ToJsonString()).ToList())
                        .Where(set => !set.Contains(null))
                        .Select(set => string.Join('|', set))
                        .ToList();
                    Assert.Equal(values.Count, values.Distinct().Count());
                }
            }
        },
        iter: 30);

    [Fact]
    public void Texts_are_as_short_as_their_columns_and_required_fields_are_set() => Options.Sample(
        options =>
        {
            var model = LibraryModel.Make();
            foreach (var record in Records(model, options))
            {
                foreach (var field in model.Find(ModelLabel.Parse(record.Label))!.Fields)
                {
                    var value = record.Value(field.Name);
                    Assert.True(field.IsNullable || value is not null, $"{record.Label}.{field.Name} is null.");
                    if (field is { Type: FieldType.Text, MaxLength: { } most } && value is not null)
                    {
                        Assert.InRange(value.GetValue<string>().Length, 0, most);
                    }
                }
            }
        },
        iter: 25);

    [Fact]
    public void Other_values_stay_when_a_field_is_added()
    {
        var options = new SyntheticBackupOptions { Seed = 3, RecordsPerModel = 40 };
        var before = Records(LibraryModel.Make(), options);
        var after = Records(LibraryModel.Make(LibraryModel.Field("isbn", FieldType.Text)), options);

        foreach (var record in after.Where(record => record.Label == "library.book"))
        {
            Assert.True(record.Fields.Remove("isbn"));
        }

        Assert.Equal(before.Select(record => record.Json), after.Select(record => record.Json));
    }

    [Fact]
    public void Values_stay_when_there_are_more_records()
    {
        var model = LibraryModel.Make();
        var few = Records(model, new SyntheticBackupOptions { RecordsPerModel = 10 }).Where(record => record.Label == "library.country");
        var many = Records(model, new SyntheticBackupOptions { RecordsPerModel = 50 }).Where(record => record.Label == "library.country");

        Assert.Equal(few.Select(record => record.Json), many.Take(10).Select(record => record.Json));
    }

    [Fact]
    public void Total_is_shared_out_by_weight()
    {
        var author = ModelLabel.Parse("library.author");
        var country = ModelLabel.Parse("library.country");
        var backup = SyntheticBackup.For(LibraryModel.Make(), new SyntheticBackupOptions
        {
            TotalRecords = 1_003,
            Records = new Dictionary<ModelLabel, long> { [country] = 5 },
            Weights = new Dictionary<ModelLabel, double> { [author] = 10 },
        });

        Assert.Equal(1_003, backup.Counts.Values.Sum());
        Assert.Equal(5, backup.Counts[country]);
        Assert.InRange(backup.Counts[author], 660, 670);
    }

    [Fact]
    public void Fewer_records_are_made_when_the_key_allows_no_more()
    {
        var backup = SyntheticBackup.For(LibraryModel.Make(), new SyntheticBackupOptions
        {
            RecordsPerModel = 1_000,
            Records = new Dictionary<ModelLabel, long> { [ModelLabel.Parse("library.author")] = 7 },
        });

        Assert.Equal(676, backup.Counts[ModelLabel.Parse("library.country")]);
        Assert.Equal(7, backup.Counts[ModelLabel.Parse("library.profile")]);
        Assert.Equal(1_000, backup.Counts[ModelLabel.Parse("library.reading")]);
    }

    [Fact]
    public void Values_of_the_callers_own_replace_invented_ones()
    {
        var options = new SyntheticBackupOptions
        {
            Values = new Dictionary<string, Func<global::Bogus.Faker, object?>>
            {
                ["library.book.title"] = faker => faker.Random.Int(1, 3).ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["library.author.mentor_id"] = _ => null,
            },
        };

        var records = Records(LibraryModel.Make(), options);

        Assert.All(
            records.Where(record => record.Label == "library.book"),
            record => Assert.Contains(record.Fields["title"]!.GetValue<string>(), (string[])["1", "2", "3"]));
        Assert.All(records.Where(record => record.Label == "library.author"), record => Assert.Null(record.Fields["mentor_id"]));
    }

    [Fact]
    public void All_wrong_options_are_listed_together()
    {
        var options = new SyntheticBackupOptions
        {
            NullShare = double.NaN,
            Records = new Dictionary<ModelLabel, long> { [ModelLabel.Parse("library.pen")] = 1 },
            Values = new Dictionary<string, Func<global::Bogus.Faker, object?>> { ["library.book.color"] = _ => null },
        };

        var exception = Assert.Throws<ArgumentException>(() => SyntheticBackup.For(LibraryModel.Make(), options));

        Assert.Contains("'library.pen'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'library.book.color'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("NullShare", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_without_what_they_require_are_refused_when_asked_for()
    {
        var options = new SyntheticBackupOptions
        {
            RecordsPerModel = 0,
            Records = new Dictionary<ModelLabel, long> { [ModelLabel.Parse("library.book")] = 3 },
        };

        var exception = Assert.Throws<ArgumentException>(() => SyntheticBackup.For(LibraryModel.Make(), options));

        Assert.Contains("'library.author' has no records", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_number_of_records()
    {
        await WriteAsync(100);

        var (small, _) = await WriteAsync(1_000);
        var (large, stream) = await WriteAsync(4_000);

        Assert.InRange(large, small * 0.9, small * 1.1);
        Assert.InRange(stream.LargestWrite, 1, 256 * 1024);
        Assert.InRange(stream.Length, 5 * stream.LargestWrite, long.MaxValue);

        static async Task<(double BytesAllocatedEach, DiscardingStream Stream)> WriteAsync(long count)
        {
            var records = new Dictionary<ModelLabel, long> { [ModelLabel.Parse("library.country")] = 1 };
            var backup = SyntheticBackup.For(LibraryModel.Make(), new SyntheticBackupOptions { RecordsPerModel = count, Records = records });
            var stream = new DiscardingStream();
            // The stream completes at once, so all happens on this thread.
            var before = GC.GetAllocatedBytesForCurrentThread();
            await backup.WriteAsync(stream, TestContext.Current.CancellationToken);
            return ((GC.GetAllocatedBytesForCurrentThread() - before) / (double)backup.Counts.Values.Sum(), stream);
        }
    }

    private static string Text(RelocationModel model, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        // A memory stream completes at once, and CsCheck's samples are synchronous.
        SyntheticBackup.For(model, options).WriteAsync(stream, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<SyntheticRecord> Records(RelocationModel model, SyntheticBackupOptions options) =>
        [.. JsonNode.Parse(Text(model, options))!.AsArray().Select(node => new SyntheticRecord(model, node!.AsObject()))];
}
