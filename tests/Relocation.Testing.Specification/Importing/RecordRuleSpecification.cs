using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Museum;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Rules decide about records before they are written, and take part in the import as a whole.</summary>
public abstract class RecordRuleSpecification(DatabaseUnderTest engine)
{
    private static readonly ModelLabel User = ModelLabel.Parse("made.user");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rule_decides_about_each_record_and_every_decision_is_accounted_for()
    {
        await using var database = await UsersAndNotesAsync();
        await database.RunAsync("INSERT INTO \"user\" (id, name) VALUES (7, 'bo'), (8, 'cy')");
        var options = new ImportOptions
        {
            UnresolvedReferences = UnresolvedReferencePolicy.Drop,
            KeepReferences = true,
            Models = Rules("user", new UserRule()),
        };

        var result = await database.ImportAsync(
            Made.Backup("""
                user 1 {"name": "ann"}
                user 2 {"name": "bo"}
                user 3 {"name": "cy", "rank": 5}
                user 4 {"name": "drop me"}
                user 5 {"name": "ann"}
                note 1 {"user": 1}
                note 2 {"user": 2}
                note 3 {"user": 3}
                note 4 {"user": 4}
                note 5 {"user": 5}
                """),
            options,
            Cancel);

        Assert.Equal("7|bo|null\n8|cy|5\n9|ann|40", await database.TextAsync("SELECT id, name, rank FROM \"user\" ORDER BY id"));
        Assert.Equal("1|9\n2|7\n3|8\n5|9", await database.TextAsync("SELECT id, \"user\" FROM note ORDER BY id"));
        var users = result.Models.Single(model => model.Model == User);
        Assert.Equal((1, 2, 1, 0, 1), (users.Inserted, users.Existing, users.Overwritten, users.Filtered, users.Dropped));
        Assert.Equal(
            [("made.user 4", "It asks for it.", 0), ("made.note 4", "It asks for it.", 1)],
            result.Dropped.Select(drop => ($"{drop.Place.Model} {drop.Place.Key}", drop.Rule!, drop.Causes.Count)));
        Assert.Equal(
            ["1 -> 9 Inserted", "2 -> 7 Existing", "3 -> 8 Overwrite", "5 -> 9 Existing"],
            result.Map.Of(User).Select(mapping => $"{mapping.Old} -> {mapping.New} {mapping.Kind}"));
    }

    [Fact]
    public async Task Rule_sees_references_as_old_and_new_keys_and_may_follow_any_other()
    {
        await using var database = await UsersAndNotesAsync();
        await database.RunAsync("INSERT INTO \"user\" (id, name) VALUES (7, 'bo')");
        var seen = new List<string>();
        var options = new ImportOptions
        {
            Models = new Dictionary<ModelLabel, ModelOptions>
            {
                [User] = new() { Rules = [new UserRule()] },
                [ModelLabel.Parse("made.note")] = new()
                {
                    OnUnresolved = new Dictionary<string, UnresolvedReferencePolicy> { ["user"] = UnresolvedReferencePolicy.SetNull },
                    Rules = [new EachRecord(["user", "about"], record =>
                    {
                        // A reference that the model does not know is looked up by the rule itself.
                        var about = record.Session.Find(User, RecordKey.From((long)record.Record.InBackup("about")!));
                        record.Record["about"] = about?.New.AsInteger();
                        seen.Add($"{record.Record.Key}: {record.Record.InBackup("user")} {record.Record.Reference("user")?.Kind} {record.Record["user"]}");
                    })],
                },
            },
        };

        await database.ImportAsync(
            Made.Backup("""
                user 1 {"name": "ann"}
                user 2 {"name": "bo"}
                note 1 {"user": 1, "about": 2}
                note 2 {"user": 2, "about": 3}
                note 3 {"user": 9, "about": 1}
                """),
            options,
            Cancel);

        Assert.Equal(["1: 1 Inserted 8", "2: 2 Existing 7", "3: 9  "], seen);
        Assert.Equal("1|8|7\n2|7|null\n3|null|8", await database.TextAsync("SELECT id, \"user\", about FROM note ORDER BY id"));
    }

    [Fact]
    public async Task Rule_that_waits_adopts_rows_that_triggers_made()
    {
        var profile = With(_made.Entity("profile", [_made.Field("user"), Text("note")], Made.To("user", "user")), "user");
        await using var database = await engine.ModelAsync(_made.Entity("user", [Text("name")]), profile);
        await database.RunAsync(TriggerSql());
        await database.RunAsync("INSERT INTO \"user\" (name) VALUES ('before')");

        var result = await database.ImportAsync(
            Made.Backup("""
                user 1 {"name": "ann"}
                user 2 {"name": "bo"}
                profile 5 {"user": 2, "note": "from the backup"}
                profile 6 {"user": 1, "note": "too"}
                """),
            new ImportOptions { Models = Rules("profile", new AdoptingRule()) },
            Cancel);

        Assert.Equal(
            "1|made by the trigger\n2|too\n3|from the backup",
            await database.TextAsync("SELECT \"user\", note FROM profile ORDER BY \"user\""));
        Assert.Equal(2, result.Models.Single(model => model.Model.Value == "made.profile").Overwritten);
    }

    [Fact]
    public async Task Import_rule_runs_before_the_first_row_and_after_the_last_in_the_imports_transaction()
    {
        await using var database = await UsersAndNotesAsync();
        await database.RunAsync("INSERT INTO \"user\" (id, name) VALUES (70, 'old')");
        var backup = Made.Backup("""
            user 1 {"name": "ann"}
            note 1 {"user": 1}
            """);

        await database.ImportAsync(backup, new ImportOptions { Rules = [new ClearingRule("INSERT INTO note (\"user\") SELECT id FROM \"user\"")] }, Cancel);

        var rows = await database.TextAsync("SELECT count(*), count(DISTINCT \"user\") FROM note");
        Assert.Equal("ann", await database.TextAsync("SELECT name FROM \"user\""));
        Assert.Equal("2|1", rows);

        var before = await engine.StateAsync(database);
        var failure = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            backup, new ImportOptions { Rules = [new ClearingRule("INSERT INTO nowhere VALUES (1)")] }, Cancel));
        Assert.Contains("Rule 'ClearingRule' failed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.StateAsync(database));

        await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("note 1"), new ImportOptions { Rules = [new ClearingRule("INSERT INTO note (id, \"user\") VALUES (900, 12345)")] }, Cancel));
        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Rule_that_clears_the_models_empties_the_tables_of_their_members_too()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<MuseumContext> { Target = engine.Target, CreateContext = static options => new MuseumContext(options) }, Cancel);
        var backup = Backup.FromJson("""
            [{"model": "museum.visitor", "pk": 1, "fields": {"card": "A", "email": "a@b.c",
               "tickets": [{"code": "t1", "entries": [{"day": "2024-01-01"}, {"day": "2024-01-02"}]}, {"code": "t2"}]}}]
            """);
        await database.ImportAsync(backup, null, Cancel);
        var before = await engine.FingerprintAsync(database);

        await database.ImportAsync(backup, new ImportOptions { Rules = [new EmptyingRule()] }, Cancel);

        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Rule_that_refuses_records_names_each_with_its_place()
    {
        await using var database = await UsersAndNotesAsync();
        var rule = new EachRecord(["name"], each =>
        {
            if (each.Record["name"] is string { Length: < 3 })
            {
                each.Record.Refuse("Names have three letters or more. Give it a longer one.");
            }
        });

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Made.Backup("""
                user 1 {"name": "ann"}
                user 2 {"name": "bo"}
                user 3 {"name": "cy"}
                """),
            new ImportOptions { Models = Rules("user", rule) },
            Cancel));

        Assert.Equal(
            [(BackupProblemKind.RecordRefused, "/1"), (BackupProblemKind.RecordRefused, "/2")],
            refusal.Problems.Select(problem => (problem.Kind, problem.Place.Pointer)));
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM \"user\""));
    }

    [Fact]
    public async Task Misuse_of_a_rule_is_told_by_name()
    {
        await using var database = await UsersAndNotesAsync();
        var backup = Made.Backup("""user 1 {"name": "ann"}""");

        await Fails("was not kept", new EachRecord([], each => _ = each.Record["name"]));
        await Fails("reads field 'nickname'", new EachRecord(["nickname"], _ => { }));
        await Fails("no field 'id' that a rule can set", new EachRecord([], each => each.Record["id"] = 5));
        await Fails("is null, and column 'name' takes no null", new EachRecord([], each => each.Record["name"] = null));
        await Fails("no reference 'boss'", new EachRecord([], each => _ = each.Record.Reference("boss")));
        await Fails("comes earlier in the backup", new EachRecord([], each => each.Record.MapTo(each.Record)));

        async Task Fails(string words, RecordRule rule)
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(() => database.ImportAsync(backup, new ImportOptions { Models = Rules("user", rule) }, Cancel));
            Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Value_that_a_rule_sets_takes_the_place_of_one_that_does_not_fit()
    {
        await using var database = await UsersAndNotesAsync();

        await database.ImportAsync(
            Made.Backup("""user 1 {"name": 17, "rank": null}"""),
            new ImportOptions { Models = Rules("user", new EachRecord([], each => each.Record["name"] = "mended")) },
            Cancel);

        Assert.Equal("1|mended|null", await database.TextAsync("SELECT id, name, rank FROM \"user\""));
    }

    [Fact]
    public async Task Rows_that_a_rule_adds_follow_the_records_and_cost_no_command_each()
    {
        var commands = new List<int>();
        foreach (var count in new[] { 1, 1_000 })
        {
            await using var database = await UsersAndNotesAsync();
            var counted = ImportStop.Never();
            var rule = new AddingRule(Enumerable.Range(1, count).Select(number => new object?[] { $"added {number}", number % 2 == 0 ? null : number }));
            await database.ImportAsync(
                Made.Backup("""user 1 {"name": "ann"}"""), new ImportOptions { Rules = [rule], Stop = counted }, Cancel);

            commands.Add(counted.Statements - counted.RowStatements);
            Assert.Equal("1|ann|null\n2|added 1|1", await database.TextAsync("SELECT id, name, rank FROM \"user\" WHERE id < 3 ORDER BY id"));
            Assert.Equal(
                $"{count + 1}|{count + 1}|{(count + 1) / 2}",
                await database.TextAsync("SELECT count(*), max(id), count(rank) FROM \"user\""));
        }

        Assert.Equal(commands[0], commands[1]);
    }

    [Fact]
    public async Task Rows_that_a_rule_adds_are_refused_with_the_whole_import()
    {
        await using var database = await UsersAndNotesAsync();
        await database.RunAsync("CREATE UNIQUE INDEX one_name ON \"user\" (name)");
        var backup = Made.Backup("""user 1 {"name": "ann"}""");

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(backup, new ImportOptions { Rules = [new AddingRule([["ben", 1], ["ann", 2]])] }, Cancel));

        Assert.Contains(nameof(AddingRule), refusal.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<System.Data.Common.DbException>(refusal.InnerException);
        Assert.Equal("0", await database.TextAsync("SELECT count(*) FROM \"user\""));
        await Assert.ThrowsAsync<ArgumentException>(
            () => database.ImportAsync(backup, new ImportOptions { Rules = [new AddingRule([[null, 1]])] }, Cancel));
        await database.ImportAsync(backup, new ImportOptions { Rules = [new AddingRule([["ben", 1]])] }, Cancel);
        Assert.Equal("1|ann\n2|ben", await database.TextAsync("SELECT id, name FROM \"user\" ORDER BY id"));
    }

    private static Dictionary<ModelLabel, ModelOptions> Rules(string model, params RecordRule[] rules) =>
        new() { [ModelLabel.Parse($"made.{model}")] = new ModelOptions { Rules = rules } };

    private Task<TestDatabase> UsersAndNotesAsync() => engine.ModelAsync(
        _made.Entity("user", [_made.Field("name", FieldType.Text), _made.Nullable("rank")]),
        _made.Entity("note", [_made.Nullable("user"), _made.Nullable("about")], Made.To("user", "user")));

    private RelocationField Text(string name) => _made.Field(name, FieldType.Text);

    private static RelocationEntity With(RelocationEntity entity, string unique) => entity with
    {
        Uniques = [new UniqueSet { Name = $"{entity.Table}_{unique}", Fields = [unique] }],
    };

    private string TriggerSql()
    {
        const string Insert = "INSERT INTO profile (\"user\", note) VALUES (NEW.id, 'made by the trigger')";
        return engine.Target.Engine.Name == "SQLite"
            ? $"CREATE TRIGGER hook AFTER INSERT ON \"user\" BEGIN {Insert}; END"
            : $"CREATE FUNCTION hook() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Insert}; RETURN NEW; END $$; "
                + "CREATE TRIGGER hook AFTER INSERT ON \"user\" FOR EACH ROW EXECUTE FUNCTION hook()";
    }

    /// <summary>Does the same with each record.</summary>
    private sealed class EachRecord(IReadOnlyList<string> fields, Action<(ImportSession Session, ChunkRecord Record)> action) : RecordRule
    {
        public override IReadOnlyList<string> Fields => fields;

        public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
        {
            foreach (var record in chunk.Records)
            {
                action((chunk.Session, record));
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Adds users at the end.</summary>
    private sealed class AddingRule(IEnumerable<object?[]> rows) : ImportRule
    {
        public override Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken) =>
            session.InsertRowsAsync(User, ["name", "rank"], rows, cancellationToken);
    }

    /// <summary>Writes each record over the row of the same user.</summary>
    private sealed class AdoptingRule : RecordRule
    {
        public override IReadOnlyList<string> Fields => ["user"];

        public override bool WaitsForRows => true;

        public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
        {
            var rows = await chunk.FindRowsAsync(["user"], ignoreCase: false, cancellationToken);
            for (var i = 0; i < rows.Count; i++)
            {
                chunk.Records[i].Overwrite(rows[i]!.Value);
            }
        }
    }

    /// <summary>Empties the tables first, and runs a statement at the end.</summary>
    private sealed class ClearingRule(string statement) : ImportRule
    {
        public override async Task BeforeFirstRowAsync(ImportSession session, CancellationToken cancellationToken)
        {
            foreach (var table in new[] { "note", "user" })
            {
                await using var command = session.CreateCommand($"DELETE FROM {session.Quote(table)}");
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        public override async Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken)
        {
            await using var command = session.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Empties the tables of all models first.</summary>
    private sealed class EmptyingRule : ImportRule
    {
        public override Task BeforeFirstRowAsync(ImportSession session, CancellationToken cancellationToken) =>
            session.ClearAsync(dangerouslyAllowAnyDatabaseName: false, cancellationToken);
    }

    /// <summary>Merges with users of the same name, writes over the one with a rank, drops one, gives ranks to the rest.</summary>
    private sealed class UserRule : RecordRule
    {
        public override IReadOnlyList<string> Fields => ["name", "rank"];

        public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
        {
            var rows = await chunk.FindRowsAsync(["name"], ignoreCase: false, cancellationToken);
            var first = new Dictionary<object, ChunkRecord>();
            for (var i = 0; i < rows.Count; i++)
            {
                var record = chunk.Records[i];
                if (first.TryGetValue(record["name"]!, out var earlier))
                {
                    record.MapTo(earlier);
                    continue;
                }

                first.Add(record["name"]!, record);
                if (rows[i] is { } row && record.Has("rank"))
                {
                    record.Overwrite(row);
                }
                else if (rows[i] is { } same)
                {
                    record.MapTo(same);
                }
                else if (record["name"] is "drop me")
                {
                    record.Drop("It asks for it.");
                }
                else
                {
                    record["rank"] = 40;
                }
            }
        }
    }
}
