using System.Collections;
using System.Net;
using System.Numerics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Relocation.Testing.Modeling;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Values;

/// <summary>A value is kept exactly as the backup holds it, or is refused with its place.</summary>
public abstract class ValueSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private bool IsSqlite => engine.Target.Engine.Name == "SQLite";

    [Fact]
    [Case("ranges")]
    [Case("scale")]
    [Case("decimals")]
    [Case("precision")]
    [Case("hstore")]
    [Case("pgenum")]
    public async Task Every_value_is_read_by_EF_Core_as_it_was_or_is_refused_with_its_place()
    {
        await using var database = await engine.ValuesAsync(Cancel);
        var run = new ValueRun(database, IsSqlite);

        var exported = await run.ImportAsync([.. run.Kept], Cancel);
        await run.RefuseAsync(Cancel);

        // What was written is read again, to the same value, and written in the same words.
        Assert.Empty(run.Wrong);
        var again = await run.ImportAsync([.. exported.Where(value => IsSqlite || !value.Edge.IsCut)], Cancel);
        Assert.Empty(run.Wrong);
        Assert.Equal(exported.Where(value => IsSqlite || !value.Edge.IsCut), again);
        foreach (var row in ValueTable.Rows)
        {
            var written = exported.Where(value => row.Holds(value.Case.Type)).Select(value => value.Json).ToHashSet(StringComparer.Ordinal);
            Assert.All(row.Written, example => Assert.Contains(example, written));
        }
    }

    [Fact]
    public void Every_type_of_a_case_stands_in_the_table_of_the_documentation() =>
        Assert.All(ValueCases.All, value => Assert.Single(ValueTable.Rows, row => row.Holds(value.Type)));

    [Fact]
    public async Task Every_type_that_the_provider_maps_and_that_is_not_refused_by_name_has_a_case()
    {
        await using var database = await engine.ValuesAsync(Cancel);
        await using var context = database.CreateContext();
        var types = context.GetService<IRelationalTypeMappingSource>();

        // Addresses of network hardware are still to come, with the other column types that providers add.
        var candidates = new[] { typeof(object), typeof(Uri), typeof(IPAddress), typeof(BigInteger), typeof(BitArray), typeof(JsonDocument) }
            .SelectMany(type => type.Assembly.GetExportedTypes()).Where(type => type is { IsGenericTypeDefinition: false, IsEnum: false, IsByRefLike: false, IsAbstract: false })
            .Append(typeof(byte[])).ToList();

        // What has no form is refused by name when a model with it is read.
        var carried = candidates.Where(type => types.FindMapping(type) is { StoreType.Length: > 0 } mapping && PropertyType.Of(mapping, type) is not (null or FieldType.Array))
            .ToList();

        var held = ValueCases.All.Select(value => FieldLimits.Plain(value.Type)!).Concat(ValueCases.Documented).ToHashSet();
        Assert.True(carried.Count > 15, $"{carried.Count} types are too few.");
        Assert.True(carried.TrueForAll(held.Contains), string.Join(", ", carried.Where(type => !held.Contains(type))));
    }

    [Theory]
    [Case("more/marks")]
    [InlineData("0.1")]
    [InlineData("47735144456724592.0")]
    [InlineData("4.773514445672459e+16")]
    [InlineData("9007199254740994.0")]
    [InlineData("99685210581694384.0")]
    [InlineData("1e23")]
    [InlineData("5e-324")]
    [InlineData("-1.7976931348623157e308")]
    public async Task Collision_on_a_floating_point_number_is_found_by_its_value(string number)
    {
        await using var database = await TestDatabase.CreateAsync(new TestDatabaseOptions<UniqueContext> { Target = engine.Target }, Cancel);
        var backup = Backup.FromJson($$$"""[{"model":"unique.mark","pk":1,"fields":{"value":{{{number}}}}}]""");
        await database.ImportAsync(backup, null, Cancel);

        var merged = await database.ImportAsync(backup, new ImportOptions { OnCollision = CollisionPolicy.Merge }, Cancel);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, new ImportOptions { OnCollision = CollisionPolicy.Fail }, Cancel));

        Assert.Equal(1, merged.Models.Single().Existing);
        Assert.Equal("/0", refusal.Problems.Single().Place.Pointer);
    }

    [Fact]
    [Case("ranges")]
    public async Task Key_beyond_its_type_is_refused_whether_it_is_counted_or_kept()
    {
        await using var database = await TestDatabase.CreateAsync(new TestDatabaseOptions<UniqueContext> { Target = engine.Target }, Cancel);
        var many = string.Join(',', Enumerable.Range(1, 256).Select(key => $$$"""{"model":"unique.slot","pk":{{{key}}},"fields":{}}"""));
        var fits = await database.ImportAsync(Backup.FromJson("""[{"model":"unique.slot","pk":7000,"fields":{}},{"model":"unique.use","pk":1,"fields":{"slot":7000}}]"""), null, Cancel);

        var counted = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Backup.FromJson($"[{many}]"), null, Cancel));
        var kept = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Backup.FromJson("""[{"model":"unique.shelf","pk":256,"fields":{}}]"""), null, Cancel));

        Assert.Equal(2, fits.Map.Count);
        Assert.Equal("/254/pk", counted.Problems[0].Place.Pointer);
        Assert.Equal("/0/pk", kept.Problems.Single().Place.Pointer);
    }
}
