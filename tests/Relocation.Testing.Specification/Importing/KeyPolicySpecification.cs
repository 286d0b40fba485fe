using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Keys that a test names are kept, others are given anew, and what happens when a kept key is taken.</summary>
public abstract class KeyPolicySpecification(DatabaseUnderTest engine)
{
    private static readonly ModelLabel Order = ModelLabel.Parse("made.order");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preserved_keys_are_mixed_with_new_ones_and_the_counter_moves_past_them()
    {
        await using var database = await OrdersAsync();
        await database.RunAsync("INSERT INTO customer (id, name) VALUES (3, 'before')");

        var result = await database.ImportAsync(
            Made.Backup("""
                customer 42 {"name": "ann"}
                order 42 {"customer": 42}
                order 17 {"customer": 42}
                line 1 {"order": 42}
                """),
            Options(null),
            Cancel);
        await database.RunAsync("INSERT INTO \"order\" (customer) VALUES (4)");

        Assert.Equal("17|4\n42|4\n43|4", await database.TextAsync("SELECT id, customer FROM \"order\" ORDER BY id"));
        Assert.Equal("1|42", await database.TextAsync("SELECT id, \"order\" FROM line"));
        Assert.Equal(RecordKey.From(42), result.Map.NewKey(Order, RecordKey.From(42)));
    }

    [Theory]
    [InlineData(CollisionPolicy.Fail)]
    [InlineData(CollisionPolicy.Merge)]
    [InlineData(CollisionPolicy.Overwrite)]
    [InlineData(CollisionPolicy.Suffix)]
    [InlineData(CollisionPolicy.Regenerate)]
    public async Task Preserved_key_that_is_taken_is_a_collision(CollisionPolicy policy)
    {
        await using var database = await OrdersAsync();
        await database.RunAsync("INSERT INTO customer (id, name) VALUES (1, 'a'), (2, 'b')");
        await database.RunAsync("INSERT INTO \"order\" (id, customer) VALUES (42, 1), (50, 1)");
        var backup = Made.Backup("""
            customer 9 {"name": "new"}
            order 42 {"customer": 9}
            order 43 {"customer": 9}
            line 1 {"order": 42}
            """);

        if (policy == CollisionPolicy.Fail)
        {
            var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, Options(policy), Cancel));
            Assert.Equal((BackupProblemKind.Collision, "/1"), refusal.Problems.Select(problem => (problem.Kind, problem.Place.Pointer)).Single());
            return;
        }

        await database.ImportAsync(backup, Options(policy), Cancel);

        var (orders, line) = policy switch
        {
            CollisionPolicy.Merge => ("42|1\n43|3\n50|1", "42"),
            CollisionPolicy.Overwrite => ("42|3\n43|3\n50|1", "42"),
            _ => ("42|1\n43|3\n50|1\n51|3", "51"),
        };
        Assert.Equal(orders, await database.TextAsync("SELECT id, customer FROM \"order\" ORDER BY id"));
        Assert.Equal(line, await database.TextAsync("SELECT \"order\" FROM line"));
    }

    [Fact]
    public async Task Composed_key_of_merged_parents_is_merged_too()
    {
        var link = new RelocationEntity
        {
            Label = ModelLabel.Parse("made.link"),
            Table = "link",
            Key = new RelocationKey { Fields = [_made.Field("left"), _made.Field("right")], Policy = KeyPolicy.Compose },
            Fields = [_made.Nullable("weight")],
            References = [Made.To("tag", "left"), Made.To("tag", "right")],
            OnCollision = CollisionPolicy.Overwrite,
        };
        var tag = new RelocationEntity
        {
            Label = ModelLabel.Parse("made.tag"),
            Table = "tag",
            Key = _made.Key(FieldType.Integer),
            Fields = [_made.Field("name", FieldType.Text)],
            Uniques = [new UniqueSet { Name = "tag_name", Fields = ["name"], OnCollision = CollisionPolicy.Merge }],
        };
        await using var database = await engine.ModelAsync(tag, link);
        await database.RunAsync("INSERT INTO tag (id, name) VALUES (7, 'a'), (8, 'b')");
        await database.RunAsync("INSERT INTO link (\"left\", \"right\", weight) VALUES (7, 8, 1)");

        var result = await database.ImportAsync(
            Made.Backup("""
                tag 1 {"name": "b"}
                tag 2 {"name": "a"}
                tag 3 {"name": "c"}
                link [2,1] {"weight": 5}
                link [2,3] {"weight": 6}
                """),
            null,
            Cancel);

        Assert.Equal("7|8|5\n7|11|6", await database.TextAsync("SELECT \"left\", \"right\", weight FROM link ORDER BY weight"));
        Assert.Equal(
            ["(2,1) -> (7,8) Overwrite", "(2,3) -> (7,11) Inserted"],
            result.Map.Of(link.Label).Select(mapping => $"{mapping.Old} -> {mapping.New} {mapping.Kind}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Old_keys_may_be_larger_than_columns_since_new_ones_take_their_place(bool isResumable)
    {
        var tenant = _made.Entity("tenant", []);
        tenant = tenant with { Key = tenant.Key with { Fields = [Small("id")] } };
        var item = Made.Keyed(
            "item", new RelocationKey { Fields = [Small("tenant"), Small("number")], Policy = KeyPolicy.Compose }, [], Made.To("tenant", "tenant"));
        var use = _made.Entity("use", [Small("tenant"), Small("item") with { IsNullable = true }], Made.To("tenant", "tenant"), new RelocationReference
        {
            Name = "item",
            Fields = ["tenant", "item"],
            Target = item.Label,
        });
        await using var database = await engine.ModelAsync(tenant, item, use);
        var backup = Made.Backup("""
            tenant 5000000000 {}
            item [5000000000,3] {}
            use 1 {"tenant":5000000000,"item":3}
            use 2 {"tenant":5000000000,"item":null}
            """);

        await database.ImportAsync(backup, new ImportOptions { ResumeId = isResumable ? Guid.NewGuid() : null }, Cancel);

        Assert.Equal("1|3", await database.TextAsync("SELECT tenant, number FROM item"));
        Assert.Equal("1|3\n1|null", await database.TextAsync("SELECT tenant, item FROM \"use\" ORDER BY id"));
        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(Made.Backup("""
            tenant 1 {}
            item [1,5000000000] {}
            """), null, Cancel));
        Assert.Equal((BackupProblemKind.KeyOfWrongKind, "/1/pk"), (Assert.Single(refusal.Problems).Kind, refusal.Problems[0].Place.Pointer));

        RelocationField Small(string name) => _made.Field(name) with { ClrType = typeof(int) };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task New_key_that_the_column_of_a_reference_cannot_hold_is_refused(bool isCut)
    {
        await using var database = await engine.ModelAsync(
            _made.Entity("big", [_made.Nullable("first")], Made.To("small", "first")),
            _made.Entity("small", [_made.Field("big") with { ClrType = typeof(short), StoreType = engine.Target.Engine.Name == "SQLite" ? "INTEGER" : "smallint", IsNullable = isCut }], Made.To("big", "big")));
        await database.RunAsync("INSERT INTO big (id) VALUES (40000)");
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""
                big 1 {"first":1}
                small 1 {"big":1}
                """),
            new ImportOptions { ResumeId = isCut ? Guid.NewGuid() : null },
            Cancel));

        Assert.Contains("new key is not a whole number from -32768 to 32767", Assert.Single(refusal.Problems).Message, StringComparison.Ordinal);
        if (!isCut)
        {
            Assert.Equal(before, await engine.FingerprintAsync(database));
        }
    }

    [Fact]
    public async Task Options_that_name_what_the_model_lacks_are_refused()
    {
        await using var database = await OrdersAsync();

        var model = Assert.Throws<ArgumentException>(() => Importer(new() { [ModelLabel.Parse("made.nothing")] = new ModelOptions() }));
        var reference = Assert.Throws<ArgumentException>(() => Importer(new()
        {
            [Order] = new ModelOptions { OnUnresolved = new Dictionary<string, UnresolvedReferencePolicy> { ["supplier"] = UnresolvedReferencePolicy.Drop } },
        }));
        var set = Assert.Throws<ArgumentException>(() => Importer(new()
        {
            [Order] = new ModelOptions { OnCollisionOf = new Dictionary<string, CollisionPolicy> { ["number"] = CollisionPolicy.Merge } },
        }));
        var key = Assert.Throws<RelocationModelException>(() => Importer(new() { [ModelLabel.Parse("made.detail")] = new ModelOptions { Keys = KeyPolicy.Preserve } }));

        Assert.Contains("does not know 'made.nothing'", model.Message, StringComparison.Ordinal);
        Assert.Contains("no reference 'supplier'. It has: customer.", reference.Message, StringComparison.Ordinal);
        Assert.Contains("no unique set 'number'", set.Message, StringComparison.Ordinal);
        Assert.Contains("part of them is reference 'id' to 'made.order', whose keys are given anew", key.Message, StringComparison.Ordinal);

        BackupImporter Importer(Dictionary<ModelLabel, ModelOptions> models) =>
            new(database.Model, engine.Target.Engine, new ImportOptions { Models = models });
    }

    [Fact]
    public async Task Unresolved_references_are_treated_as_the_options_of_a_model_say()
    {
        await using var database = await OrdersAsync();
        var options = new ImportOptions
        {
            Models = new Dictionary<ModelLabel, ModelOptions>
            {
                [Order] = new() { OnUnresolved = new Dictionary<string, UnresolvedReferencePolicy> { ["customer"] = UnresolvedReferencePolicy.Drop } },
                [ModelLabel.Parse("made.line")] = new() { OnUnresolved = new Dictionary<string, UnresolvedReferencePolicy> { ["order"] = UnresolvedReferencePolicy.SetNull } },
            },
        };

        var result = await database.ImportAsync(
            Made.Backup("""
                order 1 {"customer": 99}
                line 1 {"order": 1}
                """),
            options,
            Cancel);

        Assert.Equal("1|null", await database.TextAsync("SELECT id, \"order\" FROM line"));
        Assert.Equal(DropReason.Absent, result.Dropped.Single().Causes.Single().Reason);
    }

    private static ImportOptions Options(CollisionPolicy? policy) => new()
    {
        Models = new Dictionary<ModelLabel, ModelOptions> { [Order] = new() { Keys = KeyPolicy.Preserve, OnCollision = policy } },
    };

    private Task<TestDatabase> OrdersAsync() => engine.ModelAsync(
        _made.Entity("customer", [_made.Field("name", FieldType.Text)]),
        _made.Entity("order", [_made.Field("customer")], Made.To("customer", "customer")),
        _made.Entity("line", [_made.Nullable("order")], Made.To("order", "order")),
        Made.Keyed("detail", _made.Key(FieldType.Integer, KeyPolicy.Compose), [], Made.To("order", "id")));
}
