using System.Globalization;
using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Chooses what a text is about by the names of its field and model.</summary>
internal static class TextByName
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney"];
    private static readonly string[] Languages = ["en", "de", "fr", "ja", "pt-BR"];

    internal static Func<Faker, string> For(RelocationEntity entity, RelocationField field)
    {
        var words = FieldWords.Of(field);
        if (field.StoreType.Trim().Equals("inet", StringComparison.OrdinalIgnoreCase))
        {
            return static faker => faker.Internet.Ip();
        }

        return Whole(words.Name) ?? Ending(words.Last, entity, field) ?? (static faker => Sentence(faker, 2, 4));
    }

    private static Func<Faker, string>? Whole(string name) => name switch
    {
        "first_name" or "given_name" => static faker => faker.Name.FirstName(),
        "last_name" or "family_name" or "surname" => static faker => faker.Name.LastName(),
        "full_name" or "display_name" or "author" or "contact" => FullName,
        "user_name" or "username" or "login" or "nickname" => static faker => UserName(faker),
        "company_name" or "company" or "organization" or "employer" => static faker => faker.Company.CompanyName(),
        "product_name" => static faker => faker.Commerce.ProductName(),
        "postal_code" or "post_code" or "zip_code" => static faker => faker.Address.ZipCode(),
        "country_code" => static faker => faker.Address.CountryCode(),
        "currency_code" => static faker => faker.Finance.Currency().Code,
        "ip_address" => static faker => faker.Internet.Ip(),
        "user_agent" => static faker => faker.Internet.UserAgent(),
        "time_zone" => static faker => faker.Random.ArrayElement(Zones),
        _ => null,
    };

    private static Func<Faker, string>? Ending(string word, RelocationEntity entity, RelocationField field) => word switch
    {
        "name" => NameOf(entity.Label.Model),
        "email" or "mail" => static faker => UserName(faker) + "@example.com",
        "phone" or "mobile" or "fax" => static faker => faker.Phone.PhoneNumber(),
        "street" or "address" => static faker => faker.Address.StreetAddress(),
        "city" or "town" => static faker => faker.Address.City(),
        "postcode" or "zip" => static faker => faker.Address.ZipCode(),
        "region" or "province" => static faker => faker.Address.State(),
        "country" => static faker => faker.Address.Country(),
        "url" or "website" or "link" or "homepage" or "avatar" or "image" => static faker => $"https://example.com/{Hex(faker, 12)}",
        "title" or "subject" or "headline" => static faker => Sentence(faker, 3, 5),
        "description" or "notes" or "note" or "comment" or "text" or "body" or "content" or "biography" or "message" or "summary"
            or "reason" => static faker => Sentence(faker, 6, 14) + ".",
        "slug" => static faker => Slug(faker),
        "color" or "colour" => static faker => faker.Commerce.Color(),
        "currency" => static faker => faker.Finance.Currency().Code,
        "ip" => static faker => faker.Internet.Ip(),
        "timezone" => static faker => faker.Random.ArrayElement(Zones),
        "language" or "locale" or "culture" => static faker => faker.Random.ArrayElement(Languages),
        "sku" or "code" or "number" or "badge" or "serial" => static faker => faker.Random.AlphaNumeric(6).ToUpperInvariant(),
        "token" or "hash" or "secret" or "password" or "checksum" or "key" => static faker => Hex(faker, 32),
        "status" or "state" or "kind" or "type" or "condition" or "role" => OneKind(field),
        _ => null,
    };

    private static Func<Faker, string> NameOf(string model) => model switch
    {
        "customer" or "user" or "employee" or "person" or "author" or "member" or "contact" => FullName,
        "product" or "item" or "article" => static faker => faker.Commerce.ProductName(),
        "company" or "organization" or "supplier" or "vendor" or "store" or "shop" => static faker => faker.Company.CompanyName(),
        "country" => static faker => faker.Address.Country(),
        "city" => static faker => faker.Address.City(),
        "category" or "department" => static faker => faker.Commerce.Department(1),
        _ => static faker => Sentence(faker, 1, 3),
    };

    /// <summary>The values of such a field are a closed list that the model does not tell; its default is surely one of them.</summary>
    private static Func<Faker, string> OneKind(RelocationField field)
    {
        var usual = field.Default?.Json is { Length: > 1 } json && json[0] == '"'
            ? JsonSerializer.Deserialize<string>(json) ?? "active"
            : "active";
        return _ => usual;
    }

    private static string FullName(Faker faker) => $"{faker.Name.FirstName()} {faker.Name.LastName()}";

    private static string UserName(Faker faker)
    {
        var letters = FullName(faker).Where(char.IsAsciiLetter).Select(char.ToLowerInvariant).Take(24).ToArray();
        return letters.Length > 1 ? new string(letters) : "user" + faker.Random.Int(10, 99).ToString(CultureInfo.InvariantCulture);
    }

    private static string Sentence(Faker faker, int least, int most)
    {
        var text = string.Join(' ', faker.Lorem.Words(faker.Random.Int(least, most)));
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>Slugs have Latin letters in every language.</summary>
    private static string Slug(Faker faker)
    {
        var slug = new string([.. string.Join('-', faker.Lorem.Words(2)).ToLowerInvariant()
            .Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')]).Trim('-');
        return slug.Length > 1 ? slug : "item-" + faker.Random.Int(10, 99).ToString(CultureInfo.InvariantCulture);
    }

    private static string Hex(Faker faker, int length) => faker.Random.Hexadecimal(length, string.Empty);
}
