using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Synthetic;

/// <summary>A model whose tables have checks of every form that values can be made for, and every kind of unique set.</summary>
internal sealed class GuardedModel(DatabaseEngine engine)
{
    private bool IsSqlite => engine.Name == "SQLite";

    internal RelocationModel Create() => RelocationModel.Create("guarded", [Account(), Transfer(), Item(), Sale(), Owner(), Shared(), Odd()]);

    private RelocationEntity Account() => Entity(
        "account",
        [Text("code", 12), Text("email", 40, nullable: true), Text("currency", 3), Number("level"), Number("parent", nullable: true), Flag("is_open")],
        [To("parent", "account")],
        new()
        {
            ["code_form"] = "length(\"code\") >= 6 AND code = upper(code)",
            ["email_form"] = "email LIKE '%_@_%.com'",
            ["currency_known"] = "currency IN ('EUR', 'USD', 'CHF')",
            ["level_range"] = "(level BETWEEN 3 AND 9) AND level <> 5 AND NOT (level = 7)",
            ["not_itself"] = "parent <> id",
            ["open_or_low"] = IsSqlite ? "is_open = 1 OR level < 5" : "is_open OR level < 5",
        },
        [new UniqueSet { Fields = ["code"] }, new UniqueSet { Fields = ["email"] }]);

    private RelocationEntity Transfer() => Entity(
        "transfer",
        [Number("source"), Number("target"), Amount("amount"), Day("made_on"), Day("due_on"), Day("paid_on", nullable: true)],
        [To("source", "account"), To("target", "account")],
        new()
        {
            ["two_accounts"] = "source <> target",
            ["amount_positive"] = IsSqlite ? "CAST(amount AS REAL) > 0" : "amount > (0)::numeric",
            ["days"] = "made_on <= due_on AND (paid_on IS NULL OR paid_on >= made_on)",
            ["not_too_old"] = "made_on >= '2015-01-01'",
        });

    private RelocationEntity Item() => Entity(
        "item",
        [Number("low"), Number("middle"), Number("high"), Number("stock", nullable: true), Text("state", 10), Text("note", null, nullable: true)],
        [],
        new()
        {
            ["order"] = "low < middle AND middle < high AND high <= 40",
            ["stock"] = "stock >= 0 AND stock <= 3",
            ["state"] = "state = 'new' OR (state = 'sold' AND note IS NOT NULL AND stock IS NULL)",
        });

    private RelocationEntity Sale() => Entity(
        "sale",
        [Number("item", nullable: true), Number("account", nullable: true), Text("kind", 8)],
        [To("item", "item"), To("account", "account")],
        new()
        {
            ["one_of"] = "((item IS NOT NULL AND account IS NULL) OR (item IS NULL AND account IS NOT NULL))",
            ["kind"] = IsSqlite ? "kind IN ('main', 'side')" : "((kind)::text = ANY ((ARRAY['main'::character varying, 'side'::character varying])::text[]))",
        });

    /// <summary>More records than there are accounts, so that not all can be rows of the partial unique set.</summary>
    private RelocationEntity Owner() => Entity(
        "owner",
        [Number("account"), Text("role", 8)],
        [To("account", "account")],
        new() { ["role"] = "role IN ('first', 'other', 'none')" },
        [new UniqueSet { Name = "owner_first", Fields = ["account"], Condition = "role = 'first'" }]);

    private RelocationEntity Shared() => Entity(
        "shared",
        [Number("item", nullable: true), Number("account", nullable: true), Number("rank")],
        [To("item", "item"), To("account", "account")],
        new() { ["rank"] = "rank > 0" },
        [new UniqueSet { Fields = ["item", "account"] }, new UniqueSet { Fields = ["account", "rank"] }]);

    /// <summary>Checks that only a database can judge.</summary>
    private RelocationEntity Odd() => Entity(
        "odd",
        [
            Number("price"), Number("low", nullable: true), Number("high", nullable: true), Number("level"), Text("name", 12), Text("mode", 8),
            Day("made_on"), Flag("is_open"),
        ],
        [],
        new()
        {
            ["even"] = "price % 2 = 0",
            ["pair"] = IsSqlite ? "(low IS NULL) = (high IS NULL)" : "num_nonnulls(low, high) <> 1",
            ["sum"] = "coalesce(low, 0) + price < 9000",
            ["level"] = IsSqlite
                ? "CASE WHEN is_open = 1 THEN level > 10 ELSE level <= 10 END"
                : "CASE WHEN is_open THEN level > 10 ELSE level <= 10 END",
            ["mode"] = "mode = 'a' AND price < 100 OR mode = 'b' AND price > 100",
            ["name_length"] = "length(trim(name)) BETWEEN 3 AND 5",
            ["name_form"] = IsSqlite ? "substr(name, 1, 1) BETWEEN 'a' AND 'z'" : "name ~ '^[a-z]'",
            ["past"] = "made_on < CURRENT_DATE",
        });

    private RelocationEntity Entity(
        string name, RelocationField[] fields, RelocationReference[] references, Dictionary<string, string> checks, params UniqueSet[] uniques) => new()
        {
            Label = ModelLabel.Parse($"guarded.{name}"),
            Table = $"guarded_{name}",
            Key = new RelocationKey { Fields = [Number("id")], Policy = KeyPolicy.Remap, HasCounter = true },
            Fields = fields,
            References = references,
            Checks = checks.ToDictionary(check => $"{name}_{check.Key}", check => check.Value),
            Uniques = uniques,
        };

    private RelocationField Number(string name, bool nullable = false) => HandMadeModel.Integer(engine, name, nullable);

    private RelocationField Flag(string name) => Field(name, FieldType.Boolean, IsSqlite ? "INTEGER" : "boolean");

    private RelocationField Amount(string name) => Field(name, FieldType.Decimal, IsSqlite ? "TEXT" : "numeric(10,2)");

    private RelocationField Day(string name, bool nullable = false) => Field(name, FieldType.Date, IsSqlite ? "TEXT" : "date", nullable);

    private RelocationField Text(string name, int? length, bool nullable = false) => Field(
        name, FieldType.Text, IsSqlite ? "TEXT" : length is { } most ? $"character varying({most})" : "text", nullable, length);

    private static RelocationField Field(string name, FieldType type, string storeType, bool nullable = false, int? length = null) => new()
    {
        Name = name, Column = name, Type = type, StoreType = storeType, IsNullable = nullable, MaxLength = length,
    };

    private static RelocationReference To(string field, string target) =>
        new() { Name = field, Fields = [field], Target = ModelLabel.Parse($"guarded.{target}") };
}
