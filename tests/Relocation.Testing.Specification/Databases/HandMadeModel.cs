namespace Relocation.Testing.Specification.Databases;

/// <summary>A small model with every kind of key, a cycle, a self-reference, and names that need quotes.</summary>
internal static class HandMadeModel
{
    internal static readonly string LongName = new('n', 60);

    internal static RelocationModel Create(DatabaseEngine engine) => RelocationModel.Create(
        "hand-made",
        [
            Customer(engine),
            Order(engine),
            new RelocationEntity
            {
                Label = ModelLabel.Parse("shop.line"),
                Table = "line",
                Key = new RelocationKey
                {
                    Fields = [Integer(engine, "order"), Text("sku", 10)],
                    Policy = KeyPolicy.Compose,
                },
                Fields = [Integer(engine, "amount")],
                References = [Reference("order", "shop.order", "CASCADE")],
                Checks = new Dictionary<string, string> { ["line_amount"] = "\"amount\" > 0" },
            },
            new RelocationEntity
            {
                Label = ModelLabel.Parse("shop.note"),
                Table = "note \"odd\"",
                Key = new RelocationKey { Fields = [Text("code", 20)], Policy = KeyPolicy.Preserve },
                Fields = [Integer(engine, "line_order", nullable: true), Text("line_sku", 10, nullable: true)],
                References =
                [
                    new RelocationReference
                    {
                        Name = "line",
                        Fields = ["line_order", "line_sku"],
                        Target = ModelLabel.Parse("shop.line"),
                    },
                    Reference("line_order", "elsewhere.unknown"),
                ],
            },
        ]);

    internal static RelocationField Integer(DatabaseEngine engine, string name, bool nullable = false) => new()
    {
        Name = name,
        Column = name,
        Type = FieldType.Integer,
        StoreType = engine.Name == "SQLite" ? "INTEGER" : "bigint",
        IsNullable = nullable,
    };

    private static RelocationEntity Customer(DatabaseEngine engine) => new()
    {
        Label = ModelLabel.Parse("shop.customer"),
        Table = "customer",
        Key = new RelocationKey { Fields = [Integer(engine, "id")], Policy = KeyPolicy.Remap, HasCounter = true },
        Fields =
        [
            Text("name", 30), Text(LongName + "1", 30), Text(LongName + "2", 30), Integer(engine, "parent", nullable: true),
            Integer(engine, "favourite", nullable: true),
        ],
        References = [Reference("parent", "shop.customer", "SET NULL"), Reference("favourite", "shop.order")],
        Uniques = [new UniqueSet { Fields = ["name", LongName + "1"] }, new UniqueSet { Fields = ["name", LongName + "2"] }],
    };

    private static RelocationEntity Order(DatabaseEngine engine) => new()
    {
        Label = ModelLabel.Parse("shop.order"),
        Table = "order",
        Key = new RelocationKey { Fields = [Integer(engine, "id")], Policy = KeyPolicy.Remap, HasCounter = true },
        Fields = [Integer(engine, "customer"), Text("select", 5, nullable: true)],
        References = [Reference("customer", "shop.customer", "CASCADE")],
        Uniques =
        [
            new UniqueSet { Name = "order_select", Fields = ["customer"], Condition = "\"select\" IS NULL" },
            new UniqueSet { Name = "order_later", Fields = ["customer", "select"], IsDeferrable = true },
        ],
    };

    private static RelocationField Text(string name, int length, bool nullable = false) => new()
    {
        Name = name,
        Column = name,
        Type = FieldType.Text,
        StoreType = $"varchar({length})",
        IsNullable = nullable,
        MaxLength = length,
    };

    private static RelocationReference Reference(string field, string target, string? onDelete = null) => new()
    {
        Name = field,
        Fields = [field],
        Target = ModelLabel.Parse(target),
        OnDelete = onDelete,
    };
}
