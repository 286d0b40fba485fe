using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models;
using Relocation.Testing.Specification.Models.Everything;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>What is generated for every mapping of EF Core's arrives whole, and is read through the context as it was generated.</summary>
public abstract class SyntheticEverythingSpecification(DatabaseUnderTest engine)
{
    private static readonly int RandomBackups = Extent.Rounds(200);

    private static readonly Dictionary<string, object> Defaults = [];

    private static readonly Gen<SyntheticBackupOptions> Options =
        from seed in Gen.Long
        from nulls in Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.0))
        from first in Gen.Long[1, 50]
        from count in Gen.Int[0, 5]
        select new SyntheticBackupOptions { Seed = seed, NullShare = nulls, FirstKey = first, RecordsPerModel = count };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_of_every_mapping_reads_back_through_the_context_value_by_value()
    {
        await using var database = await engine.EverythingAsync();
        var compared = 0L;
        var forms = new HashSet<string>();

        await Options.SampleAsync(
            async options =>
            {
                var json = await TextAsync(database.Model, options);
                var records = JsonElement.Parse(json);
                forms.UnionWith(FormsOf(database.Model, records));
                await database.ResetAsync(Cancel);
                var result = await database.ImportAsync(
                    Backup.FromJson(json, "synthetic"),
                    new ImportOptions { UnknownModels = DriftPolicy.Refuse, UnknownFields = DriftPolicy.Refuse, IncludeValuesInErrors = true },
                    Cancel);

                Assert.Empty(result.Dropped);
                Assert.Empty(result.Drift.UnknownFields.Concat(result.Drift.DefaultedFields).Select(drift => $"{drift.Model}.{drift.Field}"));
                Assert.True(result.Drift.IsEmpty);
                Assert.Equal(records.GetArrayLength(), result.Map.Count);
                await using var context = database.CreateContext();
                compared += await new EverythingReadBack(context, database.Model, result.Map, Defaults).CompareAsync(records);
            },
            iter: RandomBackups,
            threads: 1);

        Assert.True(compared > 100 * RandomBackups, $"{compared} values in {RandomBackups} backups are too few.");
        var expected = database.Model.Entities.SelectMany(entity => entity.Types.Count == 0 ? [entity.Label.Value] : entity.Types.SelectMany(type => FormsOf(entity, type)))
            .Concat(database.Model.Entities.SelectMany(MembersOf));
        Assert.Empty(expected.Except(forms));
    }

    [Fact]
    public async Task Values_are_given_to_a_hierarchy_to_one_of_its_types_and_to_rows_of_a_member()
    {
        await using var database = await engine.EverythingAsync();
        var options = new SyntheticBackupOptions
        {
            NullShare = 0,
            Values = new Dictionary<string, Func<Bogus.Faker, object?>>
            {
                ["everything.animal.name"] = _ => "any",
                ["everything.cat.name"] = _ => "tom",
                ["everything.person.phones.number"] = _ => "112",
            },
        };

        var result = await database.ImportAsync(Backup.FromJson(await TextAsync(database.Model, options)), null, Cancel);

        Assert.Empty(result.Dropped);
        await using var context = database.CreateContext();
        var animals = await context.Set<Animal>().AsNoTracking().ToListAsync(Cancel);
        Assert.Contains(animals, animal => animal is Cat);
        Assert.Contains(animals, animal => animal is not Cat);
        Assert.All(animals, animal => Assert.Equal(animal is Cat ? "tom" : "any", animal.Name));
        var phones = (await context.Set<Person>().AsNoTracking().ToListAsync(Cancel)).SelectMany(person => person.Phones).ToList();
        Assert.NotEmpty(phones);
        Assert.All(phones, phone => Assert.Equal("112", phone.Number));
    }

    /// <summary>The ways in which a backup can say that a record is of a type.</summary>
    private static IEnumerable<string> FormsOf(RelocationEntity entity, RelocationType type) =>
        type.Label == entity.Label ? [$"{entity.Label} {type.Discriminator}"] : [$"{entity.Label} {type.Discriminator}", type.Label.Value];

    private static IEnumerable<string> MembersOf(RelocationEntity entity) =>
        entity.Types.Select(type => type.Rows).Append(entity).SelectMany(rows => rows.Children).Select(child => $"has {child.Name}");

    /// <summary>What the backup makes use of: labels, types in fields, and members that hold rows.</summary>
    private static IEnumerable<string> FormsOf(RelocationModel model, JsonElement records)
    {
        foreach (var record in records.EnumerateArray())
        {
            var label = record.GetProperty("model").GetString()!;
            var entity = model.Find(ModelLabel.Parse(label))!;
            var fields = record.GetProperty("fields");
            yield return entity.TypeField is { } name && fields.TryGetProperty(name, out var type) ? $"{label} {type.GetRawText()}" : label;
            foreach (var member in fields.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object
                || (member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0)))
            {
                yield return $"has {member.Name}";
            }
        }
    }

    private static async Task<string> TextAsync(RelocationModel model, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        await SyntheticBackup.For(model, options).WriteAsync(stream, Cancel);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
