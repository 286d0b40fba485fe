using System.Globalization;
using System.Text.Json.Nodes;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>Seeded sequences of events that meet each other in every way: same groups, ids, releases; old and new; discarded, mismatched, refused a place.</summary>
internal sealed class RandomEvents(int seed)
{
    private const int Day = 86_400;

    private static readonly string[] Releases = ["1.0", "2.0", "shop-1.0", "shop@1.2.3", "shop@1.3.0-rc1", "not a version", "3.0"];

    private static readonly string[] Environments = ["prod", "stage", "dev"];

#pragma warning disable CA5394 // Chance of tests, repeatable by its seed.
    private readonly Random _random = new(seed);

    internal IEnumerable<EventInput> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());

    private EventInput Next()
    {
        var data = _random.Next(10) switch
        {
            < 2 => Transaction($"/page/{_random.Next(3)}", Seconds()),
            2 => Generic(Seconds()),
            < 6 => Error($"Error{_random.Next(4)}", $"value {_random.Next(3)}\nmore", Seconds()),
            _ => Message($"message {_random.Next(6)}", Seconds()),
        };
        Identify(data);
        if (_random.Next(2) == 0)
        {
            data["release"] = Pick(Releases);
        }

        if (_random.Next(4) == 0)
        {
            data["dist"] = Text(_random.Next(3));
        }

        if (_random.Next(3) > 0)
        {
            data["environment"] = Pick(Environments);
        }

        if (_random.Next(4) == 0)
        {
            data["level"] = Pick(["debug", "info", "warning", "fatal", "nonsense"]);
        }

        Group(data);
        return new EventInput(_random.Next(1, 4), data) { Attachments = _random.Next(8) == 0 ? Attachments() : [] };
    }

    /// <summary>Some events have ids that others have too.</summary>
    private void Identify(JsonObject data)
    {
        if (_random.Next(3) == 0)
        {
            data["event_id"] = Id(_random.Next(1, 9));
        }
    }

    /// <summary>Some events have fingerprints or checksums of several hashes.</summary>
    private void Group(JsonObject data)
    {
        switch (_random.Next(6))
        {
            case 0:
                data["fingerprint"] = new JsonArray($"print {_random.Next(5)}");
                break;
            case 1:
                data["checksum"] = $"checksum {_random.Next(4)}";
                break;
            case 2:
                data["fingerprint"] = new JsonArray("{{ default }}", $"salt {_random.Next(2)}");
                break;
            default:
                break;
        }
    }

    private long Seconds() => _random.Next(6) switch
    {
        0 => -_random.Next(20 * Day),
        1 => -_random.Next(3 * Day),
        2 => _random.Next(30),
        _ => -_random.Next(300),
    };

    private EventAttachment[] Attachments() =>
    [
        .. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new EventAttachment
        {
            Name = Pick(["a.txt", "b.json", "c"]),
            Type = Pick(["event.attachment", "event.minidump"]),
            Content = Enumerable.Repeat((byte)_random.Next(60, 64), Pick([0, 5, 300])).ToArray(),
        }),
    ];

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
#pragma warning restore CA5394

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
