using CsCheck;
using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Records;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

public sealed class KeyTableTests
{
    [Fact]
    public void New_keys_count_the_records_in_scope_and_drops_leave_gaps()
    {
        Gen.Enum<RecordState>().Where(state => state is RecordState.Taken or RecordState.OutOfScope or RecordState.Dropped).Array[0, 30].Sample(states =>
        {
            var table = Table(FieldType.Integer, KeyPolicy.Remap, [.. Enumerable.Range(0, states.Length).Select(rank => RecordKey.From((rank * 7) + 3))]);
            Exclude(table, states, RecordState.OutOfScope);
            table.CompleteScopes();
            table.Base = 100;
            Exclude(table, states, RecordState.Dropped);

            var inScope = Enumerable.Range(0, states.Length).Where(rank => states[rank] != RecordState.OutOfScope).ToList();
            Assert.Equal(inScope.Count, table.InScope);
            Assert.Equal(states.Count(state => state == RecordState.Taken), table.Taken);
            Assert.Equal(
                inScope.Select((_, place) => RecordKey.From(101 + place)),
                inScope.Select(table.NewKey));
            Assert.Equal(states, Enumerable.Range(0, states.Length).Select(table.StateOf));
        });
    }

    [Fact]
    public void Records_are_found_by_keys_of_every_kind()
    {
        var guid = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff");
        foreach (var (type, keys) in new (FieldType, RecordKey[])[]
        {
            (FieldType.Integer, [RecordKey.From(5), RecordKey.From(-1)]),
            (FieldType.Guid, [RecordKey.From(Guid.Empty), RecordKey.From(guid)]),
            (FieldType.Text, [RecordKey.From(""), RecordKey.From("5")]),
        })
        {
            var table = Table(type, KeyPolicy.Preserve, keys);
            table.CompleteScopes();

            Assert.All(keys, (key, rank) =>
            {
                Assert.True(table.TryFind(key, out var found));
                Assert.Equal(rank, found);
                Assert.Equal(key, table.NewKey(rank));
            });
            Assert.False(table.TryFind(RecordKey.From("no such key"), out _));
            Assert.False(table.TryFind(RecordKey.From(77), out _));
        }
    }

    [Fact]
    public void Table_of_a_model_without_records_finds_nothing()
    {
        var table = new KeyTable(Entity(FieldType.Integer, KeyPolicy.Remap), null);
        table.CompleteScopes();

        Assert.Equal((0, 0, 0), (table.Count, table.InScope, table.Taken));
        Assert.False(table.TryFind(0, out _));
        Assert.False(table.TryFind(RecordKey.From("a"), out _));
    }

    private static void Exclude(KeyTable table, RecordState[] states, RecordState state)
    {
        for (var rank = 0; rank < states.Length; rank++)
        {
            if (states[rank] == state)
            {
                table.Exclude(rank, state);
            }
        }
    }

    private static KeyTable Table(FieldType type, KeyPolicy policy, RecordKey[] keys)
    {
        var entity = Entity(type, policy);
        var records = new ModelRecords(entity.Label);
        Array.ForEach(keys, key => records.Add(key, 0));
        return new KeyTable(entity, records);
    }

    private static RelocationEntity Entity(FieldType type, KeyPolicy policy) => new()
    {
        Label = ModelLabel.Parse("made.model"),
        Table = "model",
        Key = new RelocationKey
        {
            Fields = [new RelocationField { Name = "id", Column = "id", Type = type, StoreType = "?" }],
            Policy = policy,
        },
        Fields = [],
    };
}
