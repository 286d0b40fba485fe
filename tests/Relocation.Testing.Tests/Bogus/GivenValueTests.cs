using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bogus;
using Xunit;

namespace Relocation.Testing.Tests.Bogus;

public sealed class GivenValueTests
{
    private static readonly ModelLabel BookLabel = ModelLabel.Parse("library.book");

    [Fact]
    public async Task Faker_makes_the_values_that_it_has_rules_for_and_no_others()
    {
        var faker = new Faker<Book>().RuleFor(book => book.Title, fake => fake.Random.Word()[..1] + fake.IndexFaker).RuleFor(book => book.Position, 0);
        var options = new SyntheticBackupOptions { Fakers = [EntityFaker.For(BookLabel, faker)] };

        var books = await BooksAsync(LibraryModel.Make(), options);
        var plain = await BooksAsync(LibraryModel.Make(), new SyntheticBackupOptions());

        Assert.All(books, book => Assert.Equal(0, book["position"]!.GetValue<int>()));
        Assert.True(books.Select(book => book["title"]!.GetValue<string>()).Distinct().Count() > 1);
        Assert.Equal(plain.Select(book => book["shelf"]!.ToJsonString()), books.Select(book => book["shelf"]!.ToJsonString()));
        Assert.Equal(
            books.Select(book => book.ToJsonString()),
            (await BooksAsync(LibraryModel.Make(), options)).Select(book => book.ToJsonString()));
    }

    [Fact]
    public void Faker_of_a_class_that_no_model_has_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => SyntheticBackup.For(
            LibraryModel.Make(), new SyntheticBackupOptions { Fakers = [EntityFaker.For(new Faker<Book>())], Locale = "xx" }));

        Assert.Contains("faker of 'Book'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Locale is 'xx'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price % 2 = 3", "library.checked.price")]
    [InlineData("\"colour\" = 'red' OR price = 1", "library.checked.price")]
    [InlineData("price > 3 AND price < 3", "price_check")]
    [InlineData("my_function(price)", "library.checked.price")]
    public void Check_that_cannot_be_met_is_named_with_what_to_give(string sql, string named)
    {
        var refusal = Assert.Throws<ArgumentException>(() => SyntheticBackup.For(Checked(sql)));

        Assert.Contains("price_check", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(SyntheticBackup.For(Checked(sql), new SyntheticBackupOptions
        {
            Values = new Dictionary<string, Func<Faker, object?>> { ["library.checked.price"] = _ => 4 },
        }).Counts);
    }

    [Fact]
    public async Task Backup_is_the_same_bytes_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var bytes = await TextAsync(LibraryModel.Make(), new SyntheticBackupOptions { Seed = 5 });
        try
        {
            foreach (var culture in (string[])["tr-TR", "ar-SA", "de-DE", "fa-IR"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(bytes, await TextAsync(LibraryModel.Make(), new SyntheticBackupOptions { Seed = 5 }));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static RelocationModel Checked(string sql) => RelocationModel.Create("checked",
    [
        new RelocationEntity
        {
            Label = ModelLabel.Parse("library.checked"),
            Table = "checked",
            Key = new RelocationKey { Fields = [LibraryModel.Field("id", FieldType.Integer)], Policy = KeyPolicy.Remap },
            Fields = [LibraryModel.Field("price", FieldType.Integer)],
            Checks = new Dictionary<string, string> { ["price_check"] = sql },
        },
    ]);

    private static async Task<List<JsonObject>> BooksAsync(RelocationModel model, SyntheticBackupOptions options) =>
        [.. JsonNode.Parse(await TextAsync(model, options))!.AsArray()
            .Where(record => record!["model"]!.GetValue<string>() == BookLabel.Value)
            .Select(record => record!["fields"]!.AsObject())];

    private static async Task<string> TextAsync(RelocationModel model, SyntheticBackupOptions options)
    {
        using var stream = new MemoryStream();
        await SyntheticBackup.For(model, options).WriteAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Book
    {
        public string Title { get; set; } = string.Empty;

        public int Position { get; set; }

        public string Shelf { get; set; } = string.Empty;
    }
}
