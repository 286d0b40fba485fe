using CsCheck;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>Partial unique sets and checks that speak of the same fields: what is generated for them always imports.</summary>
[Case("generate-check")]
public abstract class SyntheticConditionSpecification(DatabaseUnderTest engine)
{
    private const string Board = "conditions.board";

    private static readonly string[] Names = ["owner", "creator", "prebuilt", "title", "kind"];

    private static readonly string[] Forms =
    [
        "{0} IS NULL OR {1} IS NULL",
        "{0} IS NOT NULL OR {1} IS NOT NULL",
        "{0} IS NULL OR {1} IS NOT NULL",
        "({0} IS NULL) <> ({1} IS NULL)",
        "({0} IS NOT NULL AND {1} IS NULL) OR ({0} IS NULL AND {1} IS NOT NULL)",
        "({0} IS NULL) = ({1} IS NULL)",
        "{0} IS NOT NULL",
        "{0} IS NULL",
        "{0} IS NOT NULL AND {1} IS NULL",
        "NOT ({0} IS NULL AND {1} IS NULL)",
        "kind = 'a' OR {0} IS NULL",
        "kind <> 'a' OR {0} IS NOT NULL",
    ];

    /// <summary>A condition of two fields, or of one where both are the same.</summary>
    private static readonly Gen<string> Condition =
        from first in Gen.OneOf(Names.Select(Gen.Const).ToArray())
        from second in Gen.OneOf(Names.Select(Gen.Const).ToArray())
        from form in Gen.OneOf(Forms.Select(Gen.Const).ToArray())
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, first, second);

    private static readonly Gen<UniqueSet> Unique =
        from fields in Gen.Shuffle(Names.Append("shop").ToArray(), 1, 3)
        from condition in Condition
        from isPartial in Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false)))
        select new UniqueSet { Fields = fields, Condition = isPartial ? condition : null };

    private static readonly Gen<SyntheticBackupOptions> Options =
        from seed in Gen.Long
        from nulls in Gen.Double[0, 1]
        from count in Gen.Int[1, 40]
        from boards in Gen.Int[1, 60]
        select new SyntheticBackupOptions
        {
            Seed = seed, NullShare = nulls, RecordsPerModel = count, Records = new Dictionary<ModelLabel, long> { [ModelLabel.Parse(Board)] = boards },
        };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Set_of_rows_with_a_value_meets_a_check_that_allows_one_of_two_values()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<BoardContext> { Target = engine.Target, CreateContext = static options => new BoardContext(options) }, Cancel);

        var result = await ImportAsync(database, new SyntheticBackupOptions { RecordsPerModel = 30 });

        Assert.All(result.Models, static model => Assert.Equal(30, model.Inserted));
    }

    [Fact]
    public async Task What_is_generated_for_any_conditions_imports()
    {
        var (generated, refused) = (0, 0);
        await Gen.Select(Unique.Array[1, 2], Condition.Array[0, 2], Options).SampleAsync(
            async (uniques, checks, options) =>
            {
                RelocationEntity[] entities = [Entity("shop", []), Entity("person", []), MakeBoard(uniques, checks)];
                try
                {
                    _ = SyntheticBackup.For(RelocationModel.Create("made", entities), options);
                }
                catch (ArgumentException)
                {
                    refused++;
                    return;
                }

                await using var database = await engine.ModelAsync(entities);
                await ImportAsync(database, options);
                generated++;
            },
            iter: 60,
            threads: 1);

        Assert.True(refused * 5 < generated, $"{refused} of {generated + refused} models were refused.");
    }

    private static async Task<ImportResult> ImportAsync(TestDatabase database, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        await SyntheticBackup.For(database.Model, options).WriteAsync(stream, Cancel);
        var json = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        return await database.ImportAsync(Backup.FromJson(json, "synthetic"), new ImportOptions { IncludeValuesInErrors = true }, Cancel);
    }

    private RelocationEntity MakeBoard(UniqueSet[] uniques, string[] checks) => Entity(
        "board",
        [
            Number("shop", false), Number("owner", true), Number("creator", true), Number("prebuilt", true), Text("title"), Text("kind"),
        ]) with
    {
        References = [To("shop", "shop"), To("owner", "person"), To("creator", "person")],
        Uniques = [.. uniques.Select((unique, index) => new UniqueSet { Name = $"board_unique_{index}", Fields = unique.Fields, Condition = unique.Condition })],
        Checks = checks.Select((check, index) => (check, index)).ToDictionary(pair => $"board_check_{pair.index}", pair => pair.check),
    };

    private RelocationEntity Entity(string name, RelocationField[] fields) => new()
    {
        Label = ModelLabel.Parse($"conditions.{name}"),
        Table = $"conditions_{name}",
        Key = new RelocationKey { Fields = [Number("id", false)], Policy = KeyPolicy.Remap, HasCounter = true },
        Fields = fields,
    };

    private RelocationField Number(string name, bool isNullable) => HandMadeModel.Integer(engine.Target.Engine, name, isNullable);

    private static RelocationField Text(string name) => new()
    {
        Name = name, Column = name, Type = FieldType.Text, StoreType = "text", IsNullable = true,
    };

    private static RelocationReference To(string field, string target) =>
        new() { Name = field, Fields = [field], Target = ModelLabel.Parse($"conditions.{target}") };

    public sealed class Shop
    {
        public int Id { get; set; }
    }

    public sealed class DashBoard
    {
        public int Id { get; set; }

        public int ShopId { get; set; }

        public Shop? Shop { get; set; }

        public string Title { get; set; } = string.Empty;

        public int? Prebuilt { get; set; }

        public int? CreatorId { get; set; }

        public Shop? Creator { get; set; }
    }

    public sealed class BoardContext(DbContextOptions<BoardContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<DashBoard>(board =>
        {
            board.ToTable("board", static table => table.HasCheckConstraint("one_or_none", "\"Prebuilt\" IS NULL OR \"CreatorId\" IS NULL"));
            board.HasIndex(static row => new { row.ShopId, row.Prebuilt }).IsUnique().HasFilter("\"Prebuilt\" IS NOT NULL");
        });
    }
}
