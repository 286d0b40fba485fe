namespace Relocation.Testing.Tests.Bogus;

/// <summary>A small model with every kind of key, reference and unique set that a generator must respect.</summary>
internal static class LibraryModel
{
    internal static RelocationModel Make(params RelocationField[] moreBookFields) => RelocationModel.Create("library",
    [
        Entity("library.country", KeyPolicy.Preserve, [Field("code", FieldType.Text, maxLength: 2)], [Field("name", FieldType.Text)]),
        Entity(
            "library.author", KeyPolicy.Remap, [Field("id", FieldType.Integer)],
            [
                Field("name", FieldType.Text, maxLength: 12), Field("email", FieldType.Text, maxLength: 24), Field("country_code", FieldType.Text),
                Field("address.street", FieldType.Text), Field("address.city", FieldType.Text, nullable: true),
                Field("mentor_id", FieldType.Integer, nullable: true), Field("favorite_id", FieldType.Guid, nullable: true),
                Field("born_on", FieldType.Date, nullable: true),
            ],
            [To("country_code", "library.country"), To("mentor_id", "library.author"), To("favorite_id", "library.book")],
            [["email"]]),
        Entity(
            "library.book", KeyPolicy.Remap, [Field("id", FieldType.Guid)],
            [
                Field("title", FieldType.Text, maxLength: 10), Field("author_id", FieldType.Integer), Field("price", FieldType.Decimal),
                Field("published", FieldType.Instant), Field("tags", FieldType.Array), Field("meta", FieldType.Json, nullable: true),
                Field("shelf", FieldType.Text, maxLength: 3), Field("position", FieldType.Integer), .. moreBookFields,
            ],
            [To("author_id", "library.author")],
            [["shelf"], ["author_id", "position"]]),
        Entity(
            "library.profile", KeyPolicy.Compose, [Field("author_id", FieldType.Integer)], [Field("biography", FieldType.Text)],
            [To("author_id", "library.author")]),
        Entity(
            "library.chapter", KeyPolicy.Compose, [Field("book_id", FieldType.Guid), Field("number", FieldType.Integer)],
            [Field("title", FieldType.Text)], [To("book_id", "library.book")]),
        Entity(
            "library.reading", KeyPolicy.Compose, [Field("author_id", FieldType.Integer), Field("book_id", FieldType.Guid)],
            [Field("stars", FieldType.Integer)], [To("author_id", "library.author"), To("book_id", "library.book")]),
        Entity(
            "library.note", KeyPolicy.Remap, [Field("id", FieldType.Integer)],
            [
                Field("book_id", FieldType.Guid, nullable: true), Field("number", FieldType.Integer, nullable: true),
                Field("winner_id", FieldType.Integer, nullable: true),
            ],
            [new RelocationReference { Name = "chapter", Fields = ["book_id", "number"], Target = ModelLabel.Parse("library.chapter") },
                To("winner_id", "library.author")],
            [["winner_id"]]),
    ]);

    internal static RelocationField Field(string name, FieldType type, bool nullable = false, int? maxLength = null) =>
        new() { Name = name, Column = name, Type = type, StoreType = "any", IsNullable = nullable, MaxLength = maxLength };

    private static RelocationReference To(string field, string target) =>
        new() { Name = field, Fields = [field], Target = ModelLabel.Parse(target) };

    private static RelocationEntity Entity(
        string label, KeyPolicy policy, RelocationField[] key, RelocationField[] fields, RelocationReference[]? references = null,
        string[][]? uniques = null) => new()
        {
            Label = ModelLabel.Parse(label),
            Table = label,
            Key = new RelocationKey { Fields = key, Policy = policy },
            Fields = fields,
            References = references ?? [],
            Uniques = [.. (uniques ?? []).Select(unique => new UniqueSet { Fields = unique })],
        };
}
