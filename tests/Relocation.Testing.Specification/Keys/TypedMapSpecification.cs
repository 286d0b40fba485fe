using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Models.Everything;
using Relocation.Testing.Specification.Models.Parcels;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Specification.Keys;

/// <summary>The pk map in the application's own types leads from records to rows and back to their places.</summary>
public abstract class TypedMapSpecification(DatabaseUnderTest engine)
{
    private static readonly string Complete = Repository.Fixture("shop", "complete.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_leads_to_the_line_of_its_record_and_back()
    {
        await using var database = await engine.ShopAsync(Backup.FromFile(Repository.Fixture("shop", "types.json")), Backup.FromFile(Complete));
        var lines = new[] { "types", "complete" }.Select(name => Repository.Fixture("shop", $"{name}.json"))
            .ToDictionary(path => path, File.ReadAllLines);
        await using var context = database.CreateContext();
        var entities = new List<object>();
        foreach (var type in context.Model.GetEntityTypes().Where(type => !type.IsOwned() && !type.HasSharedClrType))
        {
            var set = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type.ClrType).Invoke(context, null)!;
            entities.AddRange(await set.ToListAsync(Cancel));
        }

        foreach (var entity in entities)
        {
            var origin = database.Map.Origin(entity);
            var place = origin.Place!;
            var line = lines[place.Backup][place.Line - 1];
            using var record = JsonDocument.Parse(line.Trim().TrimEnd(','));
            Assert.Equal(line.IndexOf('{', StringComparison.Ordinal) + 1, place.Column);
            Assert.Equal(origin.Model.Value, record.RootElement.GetProperty("model").GetString());
            Assert.Equal(
                JsonSerializer.Serialize(record.RootElement.GetProperty("pk")), Json(origin.OldKey), ignoreCase: origin.OldKey.Kind == RecordKeyKind.Guid);
            var map = database.MapOf(database.Baseline[place.Backup == Complete ? 1 : 0]);
            Assert.Equal(context.Entry(entity).Metadata.FindPrimaryKey()!.Properties.Select(property => property.PropertyInfo!.GetValue(entity)),
                map.New(origin.Model.Value, origin.OldKey).Values);
            Assert.True(map.TryOld(origin.Model.Value, map.New(origin.Model.Value, origin.OldKey), out var old));
            Assert.Equal(Text(origin.OldKey), old.ToString());
        }

        Assert.True(entities.Count > 90);

        static string Text(RecordKey key) => key.Kind switch
        {
            RecordKeyKind.Composite => $"({string.Join(',', key.Parts.ToArray().Select(Text))})",
            RecordKeyKind.Text => key.AsText(),
            _ => key.ToString(),
        };

        static string Json(RecordKey key) => key.Kind switch
        {
            RecordKeyKind.Composite => $"[{string.Join(',', key.Parts.ToArray().Select(Json))}]",
            RecordKeyKind.Guid => $"\"{key}\"",
            RecordKeyKind.Text => JsonSerializer.Serialize(key.AsText()),
            _ => key.ToString(),
        };
    }

    [Fact]
    public async Task Keys_are_of_the_entitys_own_types()
    {
        await using var database = await engine.ShopAsync(Backup.FromFile(Complete));
        await using var context = database.CreateContext();
        var map = database.Map;

        var category = map.New<Category, int>(15);
        var order = map.New<Order, long>(1001);
        var country = map.New<Country, string>("DE");
        var line = map.New<OrderLine>(1001, 1);
        var voucher = map.New<Voucher, Guid>(database.Baseline[0].Map.SourceKeys(ModelLabel.Parse("shop.voucher")).First());

        Assert.Equal("Lamps", (await context.Categories.SingleAsync(row => row.Id == category, Cancel)).Name);
        Assert.Equal("Lamps", (await context.Categories.SingleAsync(row => row.Id == map.New<Category, int>(15), Cancel)).Name);
        Assert.Equal("DE", country);
        Assert.Equal([order, (short)1], line.Values);
        Assert.Equal(line, map.New<OrderLine>((1001L, 1)));
        Assert.NotNull(await context.Vouchers.FindAsync([voucher], Cancel));
        Assert.NotNull(await map.FindAsync<OrderLine>(context, (1001, 1), Cancel));
        Assert.Equal(15, (int)map.Old<Category>(category));
        Assert.Equal(15L, map.Old("shop.category", category).ToInt64());
        Assert.IsType<long>(map.New<Order>(1001).Value);
    }

    [Fact]
    public async Task Ids_of_the_applications_own_go_through_their_converters()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<ParcelContext>
            {
                Target = engine.Target,
                CreateContext = static options => new ParcelContext(options),
                Baseline =
                [
                    Backup.FromJson("""
                        [{"model": "parcel.depot", "pk": "north", "fields": {}},
                         {"model": "parcel.parcel", "pk": 70, "fields": {"depot": "north"}}, {"model": "parcel.parcel", "pk": 71, "fields": {}},
                         {"model": "parcel.day", "pk": "2024-02-29", "fields": {"parcels": 2}}]
                        """),
                ],
            },
            Cancel);
        await using var context = database.CreateContext();
        var map = database.Map;

        var id = map.New<Parcel>(70).As<ParcelId>();

        Assert.Equal(new ParcelId(1), id);
        Assert.Equal(id, map.New<Parcel>(new ParcelId(70)).Value);
        Assert.Equal(new ParcelId(71), map.Old<Parcel>(new ParcelId(2)).Value);
        Assert.Equal(new DepotCode("north"), map.New<Depot>("north").As<DepotCode>());
        Assert.Equal(new DepotCode("north"), (await map.FindAsync<Parcel>(context, 70, Cancel))!.DepotId);
        Assert.Equal(new DateOnly(2024, 2, 29), map.New<Day>(new DateOnly(2024, 2, 29)).Value);
        Assert.Equal("json:2:70 /2 (parcel.parcel 71)", map.Origin(new SpecialParcel { Id = new ParcelId(2) }).ToString());
        Assert.Equal("json:3:2 /3", map.Origin<Day>(new DateOnly(2024, 2, 29)).Place!.ToString());
    }

    [Fact]
    public async Task What_is_not_there_is_refused_with_what_is()
    {
        await using var database = await engine.ShopAsync(Backup.FromFile(Complete));
        await using var context = database.CreateContext();
        context.Add(new Tag { Name = "of the test" });
        await context.SaveChangesAsync(Cancel);
        var made = await context.Tags.SingleAsync(tag => tag.Name == "of the test", Cancel);
        var map = database.Map;

        Assert.False(map.TryNew<Tag>(5, out _));
        Assert.False(map.TryNew("shop.tag", 5, out _));
        Assert.True(map.TryNew<Tag>(9, out var nine));
        Assert.Equal(9, (int)map.Old<Tag>(nine));
        Assert.False(map.TryOld<Tag>(made.Id, out _));
        Assert.False(map.TryOrigin(made, out _));
        Assert.True(map.TryOrigin(await context.Tags.FirstAsync(Cancel), out _));
        Assert.Equal(
            "The pk map holds no record 5 of model 'shop.tag'. It holds 3 of that model, with old keys from 3 to 9. Ask by the key in the backup.",
            Assert.Throws<KeyNotFoundException>(() => map.New<Tag>(5)).Message);
        Assert.Contains("none of the 3 records", Assert.Throws<KeyNotFoundException>(() => map.Origin(made)).Message, StringComparison.Ordinal);
        Assert.Equal(
            "Model 'ShopContext' has no label 'shop.tags'. Near to it: shop.tag.",
            Assert.Throws<ArgumentException>(() => map.New("shop.tags", 3)).Message);
        Assert.Contains("no entity", Assert.Throws<ArgumentException>(() => map.New<string>(3)).Message, StringComparison.Ordinal);
        Assert.Equal(
            "Keys of 'shop.orderline' have 2 parts (order_id, line_number), and 1 were given. Give each part, in that order.",
            Assert.Throws<ArgumentException>(() => map.New<OrderLine>(1001)).Message);
        Assert.Contains("of kind Integer", Assert.Throws<ArgumentException>(() => map.New<Tag>("sale")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidCastException>(() => (Guid)map.New<Tag>(9));
        Assert.Throws<InvalidOperationException>(() => map.New<OrderLine>(1001, 1).Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Types_of_a_hierarchy_are_asked_for_by_their_own_and_by_the_roots_label(bool reuses)
    {
        var options = new TestDatabaseOptions<EverythingContext>
        {
            Target = engine.Target,
            CreateContext = context => new EverythingContext(engine.WithEnums(context)),
            ReuseBaseline = reuses,
            Baseline =
            [
                Backup.FromJson("""
                    [{"model": "everything.cat", "pk": 3, "fields": {"name": "tom", "lives": 9, "size": 1}},
                     {"model": "everything.animal", "pk": 4, "fields": {"kind": "cat", "name": "tim", "lives": 8, "size": 1}},
                     {"model": "everything.dog", "pk": 5, "fields": {"name": "rex", "mood": "Calm", "size": 2}},
                     {"model": "everything.letter", "pk": 8, "fields": {"title": "l", "author_id": 1, "reference": "r", "tone": "Calm"}},
                     {"model": "everything.person", "pk": 1, "fields": {"code": "7e7b1b1c-3f5c-4e2c-9e38-0f0e4f6d2a11", "name": "n",
                      "address": {"street": "s"}, "active": {"from": "2024-01-01"}, "notes": []}}]
                    """),
            ],
        };
        await (await TestDatabase.CreateAsync(options, Cancel)).DisposeAsync();
        await using var database = await TestDatabase.CreateAsync(options, Cancel);
        await using var context = database.CreateContext();
        var map = database.Map;

        foreach (var (key, name) in new[] { (3, "tom"), (4, "tim") })
        {
            var cat = map.New<Cat, int>(key);
            Assert.Equal(name, (await map.FindAsync<Cat>(context, key, Cancel))!.Name);
            Assert.Equal([cat, cat, cat], [(int)map.New<Animal>(key), (int)map.New("everything.cat", key), (int)map.New("everything.animal", key)]);
            Assert.Equal(key, (int)map.Old<Cat>(cat));
            Assert.Equal(key, (int)map.Old("everything.cat", cat));
            Assert.Equal(
                $"json:{key - 2}:2 /{key - 3} (everything.animal {key})",
                map.Origin(await context.Set<Animal>().SingleAsync(row => row.Id == cat, Cancel)).ToString());
        }

        Assert.Equal(map.New<Letter>(8), map.New<Document>(8));
        Assert.Equal(map.New("everything.letter", 8), map.New("everything.document", 8));
        Assert.False(map.TryNew<Cat>(5, out _));
        Assert.False(map.TryNew("everything.cat", 5, out _));
        Assert.False(map.TryNew<Invoice>(8, out _));
        Assert.False(map.TryOld<Dog>((int)map.New<Cat>(3), out _));
        Assert.Equal(
            "The record with that key is a 'everything.dog', and a record of 'everything.cat' was asked for. Ask for its own type, or by the label "
                + "'everything.animal' for any type of the hierarchy.",
            Assert.Throws<KeyNotFoundException>(() => map.New<Cat>(5)).Message);
        Assert.Throws<KeyNotFoundException>(() => map.Origin<Dog>((int)map.New<Cat>(3)));
    }

    [Fact]
    public async Task Several_backups_with_one_old_key_have_to_be_asked_each()
    {
        await using var database = await engine.ModelAsync(new Made(engine.Target.Engine).Entity("node", []));
        var first = await database.ImportAsync(Made.Backup("node 7\nnode 8"), null, Cancel);
        var second = await database.ImportAsync(Made.Backup("node 7"), null, Cancel);

        var both = database.MapOf(first, second);

        Assert.Equal(2, (int)both.New("made.node", 8));
        Assert.Contains("2 backups", Assert.Throws<KeyNotFoundException>(() => both.New("made.node", 7)).Message, StringComparison.Ordinal);
        Assert.False(both.TryNew("made.node", 7, out _));
        Assert.Equal(3L, database.MapOf(second).New("made.node", 7).Value);
        Assert.Equal(7, (int)both.Old("made.node", 3));
        Assert.Equal("made:1:2 /0 (made.node 7)", both.Origin("made.node", 3).ToString());
        Assert.Contains("Ask by label", Assert.Throws<ArgumentException>(() => both.New<Tag>(7)).Message, StringComparison.Ordinal);
        Assert.Empty(database.Baseline);
        Assert.Throws<KeyNotFoundException>(() => database.Map.New("made.node", 7));
    }

    /// <summary>As a proxy is.</summary>
    private sealed class SpecialParcel : Parcel;
}
