using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Events;

/// <summary>What events of one group have in common: where in the application they happen, and what goes wrong there.</summary>
internal sealed class EventShape
{
    private const int MostFrames = 12;

    private static readonly string[] Platforms = ["python", "javascript", "java", "csharp"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];
    private static readonly string[] Ends = ["Error", "Exception", "Timeout"];
    private static readonly string[] Libraries = ["http.client", "db.pool", "web.middleware", "web.router", "json.reader"];

    private readonly Faker _faker;

    internal EventShape(ulong hash)
    {
        // English whatever the events' language is: code is.
        _faker = new Faker("en") { Random = new Randomizer((int)hash) };
        var random = _faker.Random;
        Platform = random.ArrayElement(Platforms);
        Method = random.ArrayElement(Methods);
        var (noun, verb) = (Identifier(_faker.Hacker.Noun()), Identifier(_faker.Hacker.Verb()));
        var suffix = StableHash.Below(StableHash.Next(hash), 900) + 100;
        Route = string.Create(CultureInfo.InvariantCulture, $"/{noun}/{verb}{suffix}");
        Logger = $"shop.{noun}";
        Type = $"{Pascal(noun)}{random.ArrayElement(Ends)}";
        Title = string.Create(CultureInfo.InvariantCulture, $"{Pascal(verb)} {noun} {suffix}");
        Value = string.Create(CultureInfo.InvariantCulture, $"cannot {verb} {noun} of step {suffix}");
        Frames = [.. Enumerable.Range(0, random.Number(4, MostFrames)).Select(_ => Frame())];
        Statement = $"SELECT * FROM shop_{noun} WHERE id IN (%s, %s) AND kind = '{verb}'";
    }

    /// <summary>One of Sentry's platforms.</summary>
    internal string Platform { get; }

    internal string Method { get; }

    internal string Route { get; }

    internal string Logger { get; }

    /// <summary>The type of the exception.</summary>
    internal string Type { get; }

    internal string Value { get; }

    internal string Title { get; }

    /// <summary>A statement that the transaction runs.</summary>
    internal string Statement { get; }

    internal IReadOnlyList<StackFrame> Frames { get; }

    /// <summary>A message with its parameters, which are other ones in each event.</summary>
    internal JsonObject Message(Randomizer random) => new()
    {
        ["message"] = $"{Title} took %d ms for %s",
        ["params"] = new JsonArray(random.Number(1, 5000), $"order-{random.Number(1, 999).ToString(CultureInfo.InvariantCulture)}"),
    };

    internal JsonObject Contexts() => Platform == "javascript"
        ? new JsonObject
        {
            ["browser"] = new JsonObject { ["name"] = "Firefox", ["version"] = "128.0" },
            ["os"] = new JsonObject { ["name"] = "Windows", ["version"] = "11" },
        }
        : new JsonObject
        {
            ["runtime"] = new JsonObject { ["name"] = Platform, ["version"] = "12.1" },
            ["os"] = new JsonObject { ["name"] = "Linux", ["version"] = "6.6" },
        };

    private StackFrame Frame()
    {
        var isOurs = _faker.Random.Bool(0.4F);
        var module = isOurs ? $"{Logger}.{Identifier(_faker.Hacker.Noun())}" : _faker.Random.ArrayElement(Libraries);
        return new StackFrame(module, $"{Identifier(_faker.Hacker.Verb())}_{Identifier(_faker.Hacker.Noun())}", _faker.Random.Number(1, 900), isOurs);
    }

    /// <summary>Words as code writes them.</summary>
    private static string Identifier(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var character in words)
        {
            text.Append(char.IsAsciiLetterOrDigit(character) ? char.ToLower(character, CultureInfo.InvariantCulture) : '_');
        }

        return text.ToString();
    }

    private static string Pascal(string identifier) => string.Concat(identifier.Split('_', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => $"{char.ToUpper(word[0], CultureInfo.InvariantCulture)}{word[1..]}"));
}
