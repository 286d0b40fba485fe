using CsCheck;
using Relocation.Testing.Snapshots;
using Relocation.Testing.Tests.Keys;
using Xunit;

namespace Relocation.Testing.Tests.Snapshots;

public sealed class SnapshotDiffTests
{
    private const KeyMappingKind Inserted = KeyMappingKind.Inserted;
    private const KeyMappingKind Existing = KeyMappingKind.Existing;

    [Fact]
    public void A_map_does_not_differ_from_itself() =>
        MapParts.Models.Sample(models =>
        {
            var diff = SnapshotDiff.Between(MapParts.Build(models), MapParts.Build(models));

            Assert.True(diff.IsEmpty);
            Assert.Equal("The pk maps are the same.", diff.ToString());
        });

    [Fact]
    public void The_difference_is_empty_exactly_when_maps_are_equal() =>
        Gen.Select(MapParts.Models, MapParts.Models).Sample((left, right) =>
        {
            var (approved, received) = (MapParts.Build(left), MapParts.Build(right));

            Assert.Equal(approved.Equals(received), SnapshotDiff.Between(approved, received).IsEmpty);
        });

    [Fact]
    public void Added_and_removed_change_places_with_the_maps() =>
        Gen.Select(MapParts.Models, MapParts.Models).Sample((left, right) =>
        {
            var forward = SnapshotDiff.Between(MapParts.Build(left), MapParts.Build(right));
            var backward = SnapshotDiff.Between(MapParts.Build(right), MapParts.Build(left));

            Assert.Equal(Identities(forward.Added), Identities(backward.Removed));
            Assert.Equal(Identities(forward.Removed), Identities(backward.Added));
            Assert.Equal(Identities(forward.Changed), Identities(backward.Changed));
            Assert.Equal(forward.Renumbered.Sum(model => model.Count), backward.Renumbered.Sum(model => model.Count));
        });

    [Fact]
    public void Exactly_the_records_that_were_changed_are_reported() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 40], Gen.Int[-5, 5]).Sample((fates, shift) =>
        {
            // 0 stays, 1 is taken away, 2 comes new, 3 changes its kind; all new keys move by the shift.
            var entries = fates.Select((fate, index) => (Fate: fate, Old: (long)index)).ToArray();
            var approved = MapParts.Integers(
                "shop.order",
                [.. entries.Where(entry => entry.Fate != 2).Select(entry => (entry.Old, entry.Old + 100, Inserted, 0L))]);
            var received = MapParts.Integers(
                "shop.order",
                [.. entries.Where(entry => entry.Fate != 1).Select(
                    entry => (entry.Old, entry.Old + 100 + shift, entry.Fate == 3 ? Existing : Inserted, 0L))]);

            var diff = SnapshotDiff.Between(MapParts.Build(approved), MapParts.Build(received));

            Assert.Empty(diff.Notes);
            Assert.Equal(With(1), Olds(diff.Removed));
            Assert.Equal(With(2), Olds(diff.Added));
            Assert.Equal(With(3), Olds(diff.Changed));
            var stayed = With(0).Count();
            Renumbering[] renumbered = shift == 0 || stayed == 0
                ? []
                : [new Renumbering(ModelLabel.Parse("shop.order"), stayed, shift, shift)];
            Assert.Equal(renumbered, diff.Renumbered);

            IEnumerable<long> With(int fate) => entries.Where(entry => entry.Fate == fate).Select(entry => entry.Old);
        });

    [Fact]
    public void A_record_inserted_in_the_middle_shows_alone()
    {
        var olds = Enumerable.Range(1, 60).Select(old => (long)old).ToArray();
        var approved = MapParts.Build(
            MapParts.Inserted("shop.order", [.. olds.Where(old => old != 19).Select((old, index) => (old, 100L + index))]));
        var received = MapParts.Build(
            MapParts.Inserted("shop.order", [.. olds.Select((old, index) => (old, 100L + index))]));

        const string Expected = """
            1 added, 0 removed, 0 changed; 41 renumbered.

            Added:
              shop.order 19 -> 118 inserted

            Renumbered:
              shop.order: 41 records by +1
            """;
        Assert.Equal(Lf(Expected), SnapshotDiff.Between(approved, received).ToString());
    }

    [Fact]
    public void Changes_of_meaning_come_before_renumbering()
    {
        var approved = MapParts.Build(
            MapParts.Integers("auth.user", (1, 5, Existing, 0), (2, 6, Inserted, 0), (3, 7, Inserted, 0)),
            MapParts.Integers("shop.order", (1, 11, Inserted, 1), (2, 12, Inserted, 2), (3, 13, Inserted, 3), (4, 14, Inserted, 0)),
            MapParts.Inserted("shop.visit"));
        var received = MapParts.Build(
            MapParts.Integers("auth.user", (1, 4, Existing, 0), (2, 8, Existing, 0), (3, 9, Inserted, 0)),
            MapParts.Integers("shop.order", (1, 21, Inserted, 3), (2, 12, Inserted, 0), (3, 12, Inserted, 3), (4, 20, Inserted, 0)),
            MapParts.Inserted("shop.sale", (1, 1)));

        const string Expected = """
            1 added, 0 removed, 4 changed; 3 renumbered.

            Models:
              Model 'shop.sale' is new.
              Model 'shop.visit' is gone.

            Added:
              shop.sale 1 -> 1 inserted

            Changed:
              auth.user 1: new key 5 -> 4
              auth.user 2: inserted -> existing, new key 6 -> 8
              shop.order 1: owner: auth.user#1 -> auth.user#3
              shop.order 2: owner: auth.user#2 -> none

            Renumbered:
              auth.user: 1 record by +2
              shop.order: 2 records by -1 to +6
            """;
        Assert.Equal(Lf(Expected), SnapshotDiff.Between(approved, received).ToString());
    }

    [Fact]
    public void A_section_lists_at_most_fifty()
    {
        var received = MapParts.Inserted("shop.order", [.. Enumerable.Range(1, 52).Select(old => ((long)old, (long)old))]);

        var text = SnapshotDiff.Between(MapParts.Build(MapParts.Inserted("shop.order")), MapParts.Build(received)).ToString();

        Assert.StartsWith("52 added, 0 removed, 0 changed; 0 renumbered.", text, StringComparison.Ordinal);
        Assert.EndsWith("\n  shop.order 50 -> 50 inserted\n  and 2 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_keys_change_and_Guids_are_renumbered()
    {
        var label = ModelLabel.Parse("shop.item");
        MapModel Model(RecordKey first, RecordKey second) => new(
            label,
            [],
            [
                new MapEntry(RecordKey.From(1), first, Inserted, []),
                new MapEntry(RecordKey.From(2), second, Inserted, []),
            ]);

        var diff = SnapshotDiff.Between(
            MapParts.Build(Model(RecordKey.From("tea"), RecordKey.From(new Guid(1, 0, 0, new byte[8])))),
            MapParts.Build(Model(RecordKey.From("tea-x"), RecordKey.From(new Guid(2, 0, 0, new byte[8])))));

        Assert.Equal(["shop.item 1: new key \"tea\" -> \"tea-x\""], diff.Changed.Select(change => change.ToString()));
        Assert.Equal([new Renumbering(label, 1, null, null)], diff.Renumbered);
    }

    [Fact]
    public void References_that_only_one_map_keeps_are_one_difference()
    {
        var without = MapParts.Build(MapParts.Inserted("shop.order", (1, 1), (2, 2)));
        var with = MapParts.Build(MapParts.Integers("shop.order", (1, 1, Inserted, 5), (2, 2, Inserted, 6)));

        var diff = SnapshotDiff.Between(with, without);

        Assert.Empty(diff.Changed);
        Assert.Equal(
            ["Only the approved map has references, as ImportOptions.KeepReferences decides; references are not compared."],
            diff.Notes);
    }

    [Fact]
    public void Shifts_beyond_the_range_of_keys_do_not_overflow()
    {
        var diff = SnapshotDiff.Between(
            MapParts.Build(MapParts.Inserted("shop.order", (1, long.MinValue))),
            MapParts.Build(MapParts.Inserted("shop.order", (1, long.MaxValue))));

        Assert.Equal(long.MaxValue, Assert.Single(diff.Renumbered).LargestShift);
    }

    private static IEnumerable<(ModelLabel Model, RecordKey Old)> Identities(IEnumerable<SnapshotChange> changes) =>
        changes.Select(change => change.Approved ?? change.Received!.Value).Select(entry => (entry.Model, entry.Old)).Order();

    private static IEnumerable<long> Olds(IEnumerable<SnapshotChange> changes) =>
        changes.Select(change => (change.Approved ?? change.Received!.Value).Old.AsInteger());

    private static string Lf(string text) => text.ReplaceLineEndings("\n");
}
