using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Repairs an event's payload in place (docs/events.md, What is repaired).</summary>
internal static class EventNormalizer
{
    private const int LongestName = 200;
    private const int LongestLogger = 64;
    private const int IdLength = 32;

    private static readonly FrozenSet<string> Platforms = FrozenSet.Create(
        StringComparer.Ordinal, "as3", "c", "cfml", "cocoa", "csharp", "elixir", "go", "groovy", "haskell", "java", "javascript", "native", "node", "objc",
        "other", "perl", "php", "python", "ruby");

    /// <summary>
    /// Repairs or drops what is wrong and fills in what is missing. What was wrong is said in <c>errors</c>: <c>type</c>, <c>name</c> (the path, with
    /// dots), <c>value</c> as it was, and what else there is to say.
    /// </summary>
    /// <param name="data">The payload; it is changed.</param>
    /// <param name="receipt">What is known besides.</param>
    /// <exception cref="EventRefusedException">The event begins before 1970, or is a transaction that lacks what every one has.</exception>
    internal static void Normalize(JsonObject data, EventReceipt receipt)
    {
        // The order matters: what is refused first, what is known of an attribute before what depends on it.
        var errors = new EventErrors();
        TimestampRules.Apply(data, receipt, errors);
        var isTransaction = Payload.Text(data, "type") == EventTypeRule.Transaction;
        if (isTransaction)
        {
            TransactionRules.Apply(data, errors);
        }

        ApplyToObjects(data, errors);
        AddressRules.ApplyToReports(data, receipt);
        AddressRules.Apply(data, receipt, errors);
        ReleaseRules.ApplyToRelease(data, errors);
        ReleaseRules.ApplyToEnvironment(data, errors);
        UserRules.Apply(data, errors);
        MessageRules.Apply(data, errors);
        ReleaseRules.ApplyToDistribution(data, errors);
        TagRules.Apply(data, errors);
        ApplyToPlatform(data);
        LevelRule.Apply(data, isTransaction ? "info" : "error", "level", errors);
        ExceptionRules.Apply(data, errors);
        FingerprintRules.Apply(data, errors);
        data["type"] = EventTypeRule.Of(data);
        ApplyToId(data, receipt, errors);
        ApplyToLogger(data, errors);
        ApplyToName(data, "culprit", errors);
        ApplyToName(data, "transaction", errors);
        ApplyToReceipt(data, receipt);
        KnownAttributes.Apply(data, errors);
        errors.WriteTo(data);
    }

    /// <summary>Attributes that are objects and of which nothing else is known.</summary>
    private static void ApplyToObjects(JsonObject data, EventErrors errors)
    {
        DropUnlessObject(data, "request", errors);
        DropUnlessObject(data, "contexts", errors);
        DropUnlessObject(data, "extra", errors);
        if (!Payload.Has(data, "extra"))
        {
            data["extra"] = new JsonObject();
        }
    }

    private static void DropUnlessObject(JsonObject data, string key, EventErrors errors)
    {
        if (data.TryGetPropertyValue(key, out var node) && node is not (null or JsonObject))
        {
            errors.Drop(data, key, EventErrors.InvalidData, key);
        }
    }

    /// <summary>A platform that is not known is never an error.</summary>
    private static void ApplyToPlatform(JsonObject data)
    {
        if (Payload.Text(data, "platform") is not { } platform || !Platforms.Contains(platform))
        {
            data["platform"] = "other";
        }
    }

    private static void ApplyToId(JsonObject data, EventReceipt receipt, EventErrors errors)
    {
        data.TryGetPropertyValue("event_id", out var node);
        var given = Payload.Text(node);
        if (given is not null && given.Length > IdLength)
        {
            // Some senders write it as a UUID, with dashes.
            given = Guid.TryParseExact(given, "D", out var id) ? id.ToString("N") : given;
        }

        if (given is { Length: IdLength } && IsHex(given))
        {
            if (!given.AsSpan().ContainsAnyInRange('A', 'F') && node!.GetValueKind() == JsonValueKind.String && Payload.Text(node)!.Length == IdLength)
            {
                return;
            }

            data["event_id"] = Lower(given);
            return;
        }

        data["event_id"] = receipt.FreshId();
        if (node is not null && given is not { Length: 0 })
        {
            errors.Add(EventErrors.InvalidData, "event_id", node);
        }
    }

    private static bool IsHex(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return false;
            }
        }

        return true;
    }

    private static string Lower(string id) => string.Create(id.Length, id, static (lower, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        }
    });

    /// <summary>A logger is one line; what is none is empty.</summary>
    private static void ApplyToLogger(JsonObject data, EventErrors errors)
    {
        data.TryGetPropertyValue("logger", out var node);
        var logger = Payload.Text(node);
        if (logger is null || logger.AsSpan().ContainsAny('\r', '\n'))
        {
            data["logger"] = string.Empty;
            if (node is not null)
            {
                errors.Add(EventErrors.InvalidData, "logger", node);
            }

            return;
        }

        Payload.Cut(data, "logger", LongestLogger);
    }

    private static void ApplyToName(JsonObject data, string key, EventErrors errors)
    {
        if (data.TryGetPropertyValue(key, out var node) && node is not null && node.GetValueKind() != JsonValueKind.String)
        {
            errors.Drop(data, key, EventErrors.InvalidData, key);
        }
        else
        {
            Payload.Cut(data, key, LongestName);
        }
    }

    private static void ApplyToReceipt(JsonObject data, EventReceipt receipt)
    {
        if (receipt.ProjectId is { } project)
        {
            data["project"] = project;
        }

        if (receipt.KeyId is { } key)
        {
            data["key_id"] = key;
        }

        if (!Payload.Has(data, "version"))
        {
            data["version"] = "5";
        }
    }
}
