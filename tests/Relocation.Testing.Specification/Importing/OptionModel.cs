using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>A small model for pairs of options: references, one of them to the model itself, a unique set, generated values, a scope.</summary>
internal sealed class OptionModel
{
    /// <summary>Rows that are there before every import.</summary>
    internal const string Rows = "INSERT INTO tag (id, name, made_at, token) VALUES (50, 'taken', '2020-01-01 00:00:00+00', 'none')";

    /// <summary>Records of every backup, which are always taken.</summary>
    internal const string Records = """
        tag 1 {"name": "red"}
        tag 2 {"name": "blue"}
        node 1 {"tag": 1, "parent": null}
        node 2 {"tag": 2, "parent": 1}
        """;

    private readonly DatabaseUnderTest _engine;

    internal OptionModel(DatabaseUnderTest engine)
    {
        _engine = engine;
        IsSqlite = engine.Target.Engine.Name == "SQLite";
        var made = new Made(engine.Target.Engine);
        Entities =
        [
            made.Entity(
                "tag",
                [
                    made.Field("name", FieldType.Text), Generated(made.Field("made_at", FieldType.Instant, value: FieldDefault.Now)),
                    Generated(made.Field("token", FieldType.Text, value: FieldDefault.Token(8))),
                ]) with { Scopes = ["content"], Uniques = [new UniqueSet { Fields = ["name"], ChangedField = "name" }] },
            made.Entity(
                "node",
                [made.Field("tag"), made.Nullable("parent")],
                Made.To("tag", "tag"),
                Made.To("node", "parent")) with { Scopes = ["content"] },
            made.Entity("setting", [made.Field("value", FieldType.Json) with { Encoding = FieldEncoding.JsonText, StoreType = IsSqlite ? "TEXT" : "jsonb" }]) with { Scopes = ["config"] },
        ];
    }

    internal IReadOnlyList<RelocationEntity> Entities { get; }

    internal bool IsSqlite { get; }

    /// <summary>Tables and a trigger that notes each new tag.</summary>
    internal string NotingTrigger => IsSqlite
        ? "CREATE TABLE noted (name text); CREATE TRIGGER tag_in AFTER INSERT ON tag BEGIN INSERT INTO noted VALUES (new.name); END"
        : """
            CREATE TABLE noted (name text);
            CREATE FUNCTION tag_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO noted VALUES (new.name); RETURN new; END $$;
            CREATE TRIGGER tag_in AFTER INSERT ON tag FOR EACH ROW EXECUTE FUNCTION tag_in()
            """;

    /// <summary>What a query gives after an import of the records that every backup has.</summary>
    internal async Task<string> AloneAsync(ImportOptions options, string sql)
    {
        await using var database = await _engine.ModelAsync([.. Entities]);
        await database.ImportAsync(Made.Backup(Records), options, TestContext.Current.CancellationToken);
        return await database.TextAsync(sql);
    }

    private static RelocationField Generated(RelocationField field) => field with { IsInBackup = false };
}
