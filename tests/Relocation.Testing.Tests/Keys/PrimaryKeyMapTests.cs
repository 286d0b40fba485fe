using CsCheck;
using Relocation.Testing.Keys;
using Xunit;

namespace Relocation.Testing.Tests.Keys;

public sealed class PrimaryKeyMapTests
{
    private static readonly ModelLabel Order = ModelLabel.Parse("shop.order");
    private static readonly ModelLabel User = ModelLabel.Parse("auth.user");

    [Fact]
    public void Every_entry_is_found_by_its_old_key_and_no_other_is() =>
        Gen.Select(MapParts.Models, MapParts.Key).Sample((models, stranger) =>
        {
            var map = MapParts.Build(models);

            Assert.Equal(models.Sum(model => model.Entries.Length), map.Count);
            Assert.Equal(models.Select(model => model.Label), map.Models);
            foreach (var model in models)
            {
                foreach (var entry in model.Entries)
                {
                    Assert.True(map.TryGet(model.Label, entry.Old, out var mapping));
                    Assert.Equal(new KeyMapping(model.Label, entry.Old, entry.New, entry.Kind), mapping);
                    Assert.Equal(entry.New, map.NewKey(model.Label, entry.Old));
                }

                Assert.Equal(
                    model.Entries.Any(entry => entry.Old == stranger),
                    map.TryGet(model.Label, stranger, out _));
            }
        });

    [Fact]
    public void Map_of_a_maps_entries_is_that_map() =>
        MapParts.Models.Sample(models =>
        {
            var map = MapParts.Build([.. models.Where(model => model.Entries.Length > 0)]);

            Assert.Equal(map.Entries, PrimaryKeyMap.From(map.Entries).Entries);
            Assert.Equal(map.Entries, map.Extend(PrimaryKeyMap.From([])).Entries);
        });

    [Fact]
    public void Extended_map_holds_the_others_entry_where_both_have_one()
    {
        var first = PrimaryKeyMap.From([new(User, RecordKey.From(1), RecordKey.From(10), KeyMappingKind.Inserted), new(User, RecordKey.From(2), RecordKey.From(20), KeyMappingKind.Inserted)]);
        var other = PrimaryKeyMap.From([new(Order, RecordKey.From(1), RecordKey.From(5), KeyMappingKind.Inserted), new(User, RecordKey.From(2), RecordKey.From(99), KeyMappingKind.Existing)]);

        Assert.Equal(
            [new(User, RecordKey.From(1), RecordKey.From(10), KeyMappingKind.Inserted), new(User, RecordKey.From(2), RecordKey.From(99), KeyMappingKind.Existing), new KeyMapping(Order, RecordKey.From(1), RecordKey.From(5), KeyMappingKind.Inserted)],
            first.Extend(other).Entries);
    }

    [Fact]
    public void Entries_come_by_model_and_then_by_old_key() =>
        MapParts.Models.Sample(models =>
        {
            var expected = models.SelectMany(model => model.Entries
                .OrderBy(entry => entry.Old)
                .Select(entry => new KeyMapping(model.Label, entry.Old, entry.New, entry.Kind)));

            Assert.Equal(expected, MapParts.Build(models).Entries);
        });

    [Fact]
    public void Maps_are_equal_in_any_order_of_records_and_columns() =>
        MapParts.Models
            .SelectMany(models => Gen.Select(Gen.Const(models), Gen.Int[0, 1000]))
            .Sample((models, seed) =>
            {
                var random = new Random(seed);
                var map = MapParts.Build(models);
                var shuffled = MapParts.Build([.. models.Select(model => Shuffled(model, random))]);

                Assert.Equal(map, shuffled);
                Assert.Equal(map.GetHashCode(), shuffled.GetHashCode());
                Assert.Equal(map.ToSnapshot(), shuffled.ToSnapshot());
            });

    [Fact]
    public void Maps_are_equal_exactly_when_their_snapshots_are() =>
        Gen.Select(MapParts.Models, MapParts.Models).Sample((left, right) =>
        {
            var (first, second) = (MapParts.Build(left), MapParts.Build(right));

            Assert.Equal(first.ToSnapshot() == second.ToSnapshot(), first.Equals(second));
        });

    [Fact]
    public void Keys_of_a_model_come_in_order_and_each_once()
    {
        var map = MapParts.Build(MapParts.Inserted("shop.order", (30, 1), (9, 7), (10, 7)));

        Assert.Equal([9, 10, 30], map.SourceKeys(Order).Select(key => key.AsInteger()));
        Assert.Equal([1, 7], map.TargetKeys(Order).Select(key => key.AsInteger()));
        Assert.Empty(map.SourceKeys(User));
        Assert.Empty(map.TargetKeys(User));
        Assert.Empty(map.Of(User));
    }

    [Fact]
    public void NewKey_takes_labels_and_numbers_as_they_are_written()
    {
        var map = MapParts.Build(MapParts.Inserted("shop.order", (30, 101)));

        Assert.Equal(101, map.NewKey("Shop.Order", 30));
    }

    [Fact]
    public void NewKey_says_what_the_map_holds_when_the_record_is_unknown()
    {
        var map = MapParts.Build(MapParts.Inserted("shop.order", (30, 101), (4, 100)), MapParts.Inserted("shop.visit"));

        Assert.Equal(
            "The pk map holds no record 5 of model 'shop.order'. It holds 2 of that model, with old keys from 4 to 30. "
            + "Ask by the key in the backup.",
            Assert.Throws<KeyNotFoundException>(() => map.NewKey("shop.order", 5)).Message);
        Assert.Equal(
            "The pk map holds no record (a text key) of model 'shop.visit'. No record of that model was imported.",
            Assert.Throws<KeyNotFoundException>(() => map.NewKey(ModelLabel.Parse("shop.visit"), RecordKey.From("ann"))).Message);
        Assert.Equal(
            $"The pk map holds no model 'auth.user'. It holds:{Environment.NewLine}  shop.order{Environment.NewLine}  shop.visit",
            Assert.Throws<KeyNotFoundException>(() => map.NewKey("auth.user", 1)).Message);
        Assert.Equal(
            "The pk map holds no model 'auth.user': it is empty.",
            Assert.Throws<KeyNotFoundException>(() => MapParts.Build().NewKey("auth.user", 1)).Message);
    }

    [Fact]
    public void References_come_by_name_and_only_where_they_are_set()
    {
        var map = MapParts.Build(new MapModel(
            Order,
            [("second", User), ("first", Order)],
            [
                new MapEntry(RecordKey.From(1), RecordKey.From(1), KeyMappingKind.Inserted, [RecordKey.From(8), RecordKey.From(9)]),
                new MapEntry(RecordKey.From(2), RecordKey.From(2), KeyMappingKind.Inserted, [null, null]),
            ]));

        Assert.Equal(
            [new MappedReference("first", Order, RecordKey.From(9)), new MappedReference("second", User, RecordKey.From(8))],
            map.ReferencesOf(Order, RecordKey.From(1)));
        Assert.Empty(map.ReferencesOf(Order, RecordKey.From(2)));
        Assert.Throws<KeyNotFoundException>(() => map.ReferencesOf(Order, RecordKey.From(3)));
    }

    [Fact]
    public void Partition_keeps_exactly_the_entries_of_those_models_and_kinds() =>
        Gen.Select(MapParts.Models, Gen.Int[0, 4], Gen.Enum<KeyMappingKind>()).Sample((models, count, kind) =>
        {
            var map = MapParts.Build(models);
            var wanted = map.Models.Take(count).ToArray();

            var part = map.Partition(wanted, [kind]);

            Assert.Equal(map.Entries.Where(entry => wanted.Contains(entry.Model) && entry.Kind == kind), part.Entries);
            Assert.Equal(part.Entries.Select(entry => entry.Model).Distinct(), part.Models);
            Assert.All(
                part.Entries,
                entry => Assert.Equal(map.ReferencesOf(entry.Model, entry.Old), part.ReferencesOf(entry.Model, entry.Old)));
        });

    [Fact]
    public void Guids_sort_as_their_text_does() =>
        Gen.Select(Gen.Guid, Gen.Guid).Sample((left, right) => Assert.Equal(
            Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())),
            Math.Sign(RecordKey.From(left).CompareTo(RecordKey.From(right)))));

    [Fact]
    public void Finding_in_a_million_records_needs_no_object_for_each()
    {
        var keys = new ModelKeys(Order);
        for (var i = 1_000_000; i > 0; i--)
        {
            keys.Add(RecordKey.From(i), RecordKey.From(i + 5), KeyMappingKind.Inserted);
        }

        var map = new PrimaryKeyMap([keys]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(500_005, map.NewKey(Order, RecordKey.From(500_000)).AsInteger());

        // Twelve bytes a record to sort, of which four stay.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 13_000_000);
    }

    private static MapModel Shuffled(MapModel model, Random random)
    {
        var columns = Enumerable.Range(0, model.Columns.Length).ToArray();
        random.Shuffle(columns);
        var entries = model.Entries
            .Select(entry => entry with { References = [.. columns.Select(column => entry.References[column])] })
            .ToArray();
        random.Shuffle(entries);
        return new MapModel(model.Label, [.. columns.Select(column => model.Columns[column])], entries);
    }
}
