using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Grouping;
using Relocation.Testing.Sentry.Events.Normalizing;
using Relocation.Testing.Sentry.Events.Spans;
using Relocation.Testing.Sentry.Events.Tagging;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Events;

/// <summary>Wrong values are mended, never an exception (docs/events.md, What is repaired): events in which anything may be anything.</summary>
public sealed class SpoiledEventTests
{
    private const int Rounds = 500;

    /// <summary>Values that are wrong almost everywhere, each in its own way.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "7", "1e300", "-62135811111", "1.5", "123456789012345678901234567890", "\"\"", "\" \"", "\"a\\nb\"", "\"\\u0000\"",
        "\"{{ default }}\"", "\"{{auto}}\"", "\"😀\"", "[]", "[null]", "[[]]", "[1, \"a\", {}]", "{}", "{\"values\": null}", "{\"values\": 3}", "{\"values\": [3]}",
        "{\"frames\": [null, 1, {\"function\": 3}]}", "[[\"k\", \"v\"], [1, 2], [null, null], [\"k\"]]", "{\"k\": {}, \" \": []}", "\"transaction\"", "\"csp\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Anything_anywhere_is_mended_or_refused_with_its_place(int seed)
    {
        var random = new Random(seed);
        var options = new SyntheticEventOptions
        {
            Count = Rounds,
            Seed = seed,
            Kinds = Enum.GetValues<SyntheticEventKind>().ToDictionary(kind => kind, _ => 1.0),
        };
        var receipt = new EventReceipt { Received = options.Until, FreshId = () => new string('f', 32), ClientAddress = "203.0.113.7" };
        var (refused, mended) = (0, 0);
        var changed = new List<string>();
        foreach (var made in SyntheticEvents.Make(options))
        {
            for (var spoiled = random.Next(1, 4); spoiled > 0; spoiled--)
            {
                Spoil(made, random);
            }

            var sent = made.ToJsonString();
            try
            {
                EventNormalizer.Normalize(made, receipt);
            }
            catch (EventRefusedException exception)
            {
                Assert.StartsWith("/", exception.Pointer, StringComparison.Ordinal);
                refused++;
                continue;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception}\n{sent}");
            }

            mended += made["errors"]!.AsArray().Count > 0 ? 1 : 0;
            var once = made.ToJsonString();
            AssertWorks(made, sent);
            var again = (JsonObject)JsonNode.Parse(once)!;
            EventNormalizer.Normalize(again, receipt);
            if (again.ToJsonString() != once)
            {
                changed.Add($"{once}\n{again.ToJsonString()}\n{sent}");
            }
        }

        Assert.True(changed.Count == 0, string.Join("\n\n", changed.Take(8)));

        Assert.InRange(refused, 10, Rounds / 2);
        Assert.InRange(mended, Rounds / 4, Rounds);
    }

    /// <summary>An event that was not normalised may hold anything too.</summary>
    [Fact]
    public void Event_that_is_taken_as_it_is_is_tagged_described_and_hashed_whatever_it_holds()
    {
        var random = new Random(3);
        foreach (var made in SyntheticEvents.Make(new SyntheticEventOptions { Count = Rounds, Seed = 3 }))
        {
            Spoil(made, random);
            Spoil(made, random);
            var sent = made.ToJsonString();
            AssertWorks((JsonObject)JsonNode.Parse(sent)!, sent);
        }
    }

    private static void AssertWorks(JsonObject data, string sent)
    {
        try
        {
            EventTags.SetTopLevel(data);
            EventTags.SetUser(data);
            EventTags.SetUrl(data);
            EventTags.SetInterfaceTags(data);
            SpanGrouping.Apply(data);
            Assert.All(EventHashes.Apply(data, EventGrouping.Default, "c"), hash => Assert.InRange(hash.Length, 1, 32));
            var description = EventDescription.Describe(data);
            Assert.InRange(description.SearchMessage(data).Length, 0, 2 * EventDescription.LongestMessage);
            description.WriteTo(data);
        }
        catch (EventRefusedException exception)
        {
            Assert.Equal("/type", exception.Pointer);
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{exception}\n{sent}");
        }
    }

    /// <summary>Puts a value somewhere.</summary>
    private static void Spoil(JsonNode node, Random random)
    {
        while (true)
        {
            var value = JsonNode.Parse(Values[random.Next(Values.Length)]);
            if (node is JsonObject { Count: > 0 } owner)
            {
                var key = owner.ElementAt(random.Next(owner.Count)).Key;
                if (owner[key] is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }) || random.Next(3) == 0)
                {
                    owner[random.Next(10) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{key}{random.Next(3)}") : key] = value;
                    return;
                }

                node = owner[key]!;
            }
            else if (node is JsonArray { Count: > 0 } list)
            {
                var index = random.Next(list.Count);
                if (list[index] is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }) || random.Next(3) == 0)
                {
                    list[index] = value;
                    return;
                }

                node = list[index]!;
            }
            else
            {
                return;
            }
        }
    }
}
