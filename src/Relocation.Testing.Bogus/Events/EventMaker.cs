using System.Globalization;
using System.Text.Json.Nodes;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Events;

/// <summary>Makes the event with a number. It may be asked in any order.</summary>
internal sealed class EventMaker
{
    private const ulong OfKind = 0x6B696E64;
    private const ulong OfGroup = 0x67726F75;

    private static readonly string[] MessageLevels = ["info", "warning", "debug"];
    private static readonly string[] Servers = ["web-1", "web-2", "worker-1"];
    private static readonly string[] Plans = ["free", "team", "business"];

    private readonly SyntheticEventOptions _options;
    private readonly Faker _faker;
    private readonly KeyValuePair<SyntheticEventKind, double>[] _kinds;
    private readonly double _shares;
    private readonly EventShape[] _shapes;

    internal EventMaker(SyntheticEventOptions options)
    {
        _options = options;
        _faker = new Faker(options.Locale);
        _kinds = [.. options.Kinds.Where(kind => kind.Value > 0).OrderBy(kind => kind.Key)];
        _shares = _kinds.Sum(kind => kind.Value);
        _shapes = new EventShape[options.Groups];
    }

    /// <summary>The kind of an event.</summary>
    internal SyntheticEventKind KindOf(long number)
    {
        var at = StableHash.Unit(StableHash.At((ulong)_options.Seed ^ OfKind, number)) * _shares;
        foreach (var (kind, share) in _kinds)
        {
            at -= share;
            if (at < 0)
            {
                return kind;
            }
        }

        return _kinds[^1].Key;
    }

    internal JsonObject Make(long number)
    {
        var hash = StableHash.At((ulong)_options.Seed, number);
        var shape = ShapeOf(number);
        var random = new Randomizer((int)hash);
        _faker.Random = random;
        var kind = KindOf(number);
        var moment = _options.Until.ToUniversalTime() - TimeSpan.FromMilliseconds(Math.Ceiling(random.Double() * _options.Span.TotalMilliseconds));
        var made = Begin(hash, moment, shape, kind == SyntheticEventKind.Transaction);
        switch (kind)
        {
            case SyntheticEventKind.Error:
                ErrorContent.Add(made, shape, random, moment);
                break;
            case SyntheticEventKind.Transaction:
                TransactionContent.Add(made, shape, random, moment);
                break;
            case SyntheticEventKind.Message:
                made["level"] = random.ArrayElement(MessageLevels);
                made["logentry"] = shape.Message(random);
                break;
            default:
                made["type"] = "generic";
                made["title"] = shape.Title;
                made["logentry"] = shape.Message(random);
                break;
        }

        return made;
    }

    /// <summary>Moments as events write them.</summary>
    internal static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private JsonObject Begin(ulong hash, DateTimeOffset moment, EventShape shape, bool isTransaction)
    {
        var random = _faker.Random;
        var made = new JsonObject
        {
            ["event_id"] = string.Create(CultureInfo.InvariantCulture, $"{StableHash.Next(hash):x16}{StableHash.Next(StableHash.Next(hash)):x16}"),
            ["timestamp"] = Moment(moment),
            ["platform"] = shape.Platform,
        };
        if (_options.Projects.Count > 0)
        {
            made["project"] = _options.Projects[random.Number(_options.Projects.Count - 1)];
        }

        if (_options.Releases.Count > 0)
        {
            made["release"] = _options.Releases[random.Number(_options.Releases.Count - 1)];
        }

        if (_options.Environments.Count > 0)
        {
            made["environment"] = _options.Environments[random.Number(_options.Environments.Count - 1)];
        }

        made["server_name"] = random.ArrayElement(Servers);
        made["transaction"] = shape.Route;
        if (!isTransaction)
        {
            made["logger"] = shape.Logger;
        }

        made["user"] = User();
        made["request"] = new JsonObject { ["url"] = $"https://shop.example{shape.Route}", ["method"] = shape.Method };
        made["tags"] = new JsonArray(
            new JsonArray("plan", random.ArrayElement(Plans)),
            new JsonArray("cached", random.Bool() ? "yes" : "no"),
            new JsonArray("shard", random.Number(1, 8).ToString(CultureInfo.InvariantCulture)));
        made["contexts"] = shape.Contexts();
        made["sdk"] = new JsonObject { ["name"] = $"sentry.{shape.Platform}", ["version"] = "2.1.0" };
        return made;
    }

    private JsonObject User()
    {
        var number = _faker.Random.Number(1, 500);
        return new JsonObject
        {
            ["id"] = number.ToString(CultureInfo.InvariantCulture),
            ["username"] = string.Create(CultureInfo.InvariantCulture, $"user{number}"),
            ["email"] = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.com"),
            ["name"] = _faker.Name.FullName(),
            ["ip_address"] = string.Create(CultureInfo.InvariantCulture, $"203.0.113.{(number % 254) + 1}"),
        };
    }

    /// <summary>What an event is one of many of. The first shapes are met often, the last ones seldom.</summary>
    private EventShape ShapeOf(long number)
    {
        var unit = StableHash.Unit(StableHash.At((ulong)_options.Seed ^ OfGroup, number));
        var index = (int)(unit * unit * _shapes.Length);
        return _shapes[index] ??= new EventShape(StableHash.At(~(ulong)_options.Seed, index));
    }
}
