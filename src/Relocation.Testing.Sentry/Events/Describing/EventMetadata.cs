using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>The metadata of each type of event (docs/events.md, Title and culprit).</summary>
internal static class EventMetadata
{
    private const int LongestTitle = 100;
    private const int LongestType = 128;
    private const int LongestValue = 1024;

    private static readonly string[] OfFeedback = ["contact_email", "message", "name", "source"];

    /// <summary>The types that there are.</summary>
    internal static IReadOnlyList<string> Types { get; } =
        ["default", "error", "csp", "hpkp", "expectct", "expectstaple", "nel", "transaction", "generic", "feedback"];

    /// <summary>The metadata of an event, without what the payload itself says of it.</summary>
    /// <exception cref="EventRefusedException">There is no such type.</exception>
    internal static JsonObject Of(JsonObject data, string type) => type switch
    {
        "default" => OfMessage(data),
        "error" => OfError(data),
        "transaction" => OfTransaction(data),
        "csp" => OfPolicy(data),
        "hpkp" or "expectct" or "expectstaple" => OfCertificate(data, type),
        "nel" => OfNetworkError(data),
        "feedback" => OfContext(data),
        "generic" => [],
        _ => throw Errors.UnknownEventType(Types),
    };

    /// <summary>The title of metadata that has none of its own; null where nothing gives one.</summary>
    internal static string? TitleOf(JsonObject metadata, string type) => type switch
    {
        "error" => OfException(metadata),
        "csp" or "hpkp" or "expectct" or "expectstaple" => Payload.Text(metadata, "message") is { Length: > 0 } message ? message : null,
        _ => null,
    };

    /// <summary>Where an event happened, by its metadata.</summary>
    internal static string? LocationOf(JsonObject metadata, string type) => type switch
    {
        "error" => Payload.Text(metadata, "filename"),
        "transaction" => Payload.Text(metadata, "location"),
        "csp" or "hpkp" or "expectct" or "expectstaple" => Payload.Text(metadata, "uri") ?? Payload.Text(metadata, "origin"),
        _ => null,
    };

    /// <summary>The first line of a text, cut.</summary>
    internal static string FirstLine(string text, int limit)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return TrimmedText.Cut(end < 0 ? text : text[..end], limit);
    }

    /// <summary>The event's message, without surrounding blanks; empty where there is none.</summary>
    internal static string MessageOf(JsonObject data)
    {
        var entry = Payload.Object(data, "logentry");
        return (Payload.Text(entry, "formatted") is { Length: > 0 } formatted ? formatted : Payload.Text(entry, "message") ?? string.Empty).Trim();
    }

    private static JsonObject OfMessage(JsonObject data) => new()
    {
        ["title"] = MessageOf(data) is { Length: > 0 } message ? FirstLine(message, LongestTitle) : "<unlabeled event>",
    };

    private static JsonObject OfError(JsonObject data)
    {
        if (MainException(data) is not { } exception)
        {
            return [];
        }

        var metadata = new JsonObject { ["value"] = TrimmedText.Cut(Payload.Text(exception, "value") ?? string.Empty, LongestValue) };
        if (Payload.Truth(Payload.Object(exception, "mechanism")?["synthetic"]) != true)
        {
            metadata["type"] = TrimmedText.Cut(Payload.Text(exception, "type") ?? "Error", LongestType);
        }

        if (CrashFrame.Find(data) is { } frame)
        {
            if ((Payload.Text(frame, "filename") is { Length: > 0 } name ? name : Payload.Text(frame, "abs_path")) is { } file)
            {
                metadata["filename"] = file;
            }

            metadata["function"] = Payload.Text(frame, "function");
        }

        return metadata;
    }

    /// <summary>The exception with the number that the payload names, else the last one.</summary>
    private static JsonObject? MainException(JsonObject data)
    {
        if (data.TryGetPropertyValue("main_exception_id", out var main) && Payload.Number(main) is { } id && Payload.Values(data, "exception") is { } exceptions)
        {
            foreach (var node in exceptions)
            {
                if (node is JsonObject exception && Payload.Object(exception, "mechanism") is { } mechanism
                    && mechanism.TryGetPropertyValue("exception_id", out var own) && Payload.Number(own) == id)
                {
                    return exception;
                }
            }
        }

        return CrashFrame.LastException(data);
    }

    private static string? OfException(JsonObject metadata)
    {
        if (Payload.Text(metadata, "type") is not { } type)
        {
            return Payload.Text(metadata, "function") is { Length: > 0 } function ? function : "<unknown>";
        }

        return Payload.Text(metadata, "value") is { Length: > 0 } value ? $"{type}: {FirstLine(value, LongestTitle)}" : type;
    }

    private static JsonObject OfTransaction(JsonObject data)
    {
        var transaction = Payload.Text(data, "transaction");
        var description = Payload.Text(Payload.Object(Payload.Object(data, "contexts"), "trace"), "description");
        return new JsonObject { ["title"] = description is { Length: > 0 } ? description : transaction, ["location"] = transaction };
    }

    private static JsonObject OfPolicy(JsonObject data)
    {
        var report = Payload.Object(data, "csp");
        return new JsonObject { ["message"] = MessageOf(data), ["uri"] = BlockedUri(report), ["directive"] = Directive(report) };
    }

    private static JsonObject OfCertificate(JsonObject data, string type) =>
        new() { ["message"] = MessageOf(data), ["origin"] = Payload.Text(Payload.Object(data, type), "hostname") };

    private static JsonObject OfNetworkError(JsonObject data)
    {
        var metadata = OfMessage(data);
        metadata["uri"] = Payload.Text(Payload.Object(data, "request"), "url");
        return metadata;
    }

    private static JsonObject OfContext(JsonObject data)
    {
        var metadata = new JsonObject();
        var feedback = Payload.Object(Payload.Object(data, "contexts"), "feedback");
        foreach (var key in OfFeedback)
        {
            if (Payload.Text(feedback, key) is { } text)
            {
                metadata[key] = text;
            }
        }

        return metadata;
    }

    /// <summary>What was blocked: the page itself, a scheme, or the host of an address.</summary>
    private static string BlockedUri(JsonObject? report)
    {
        const string Self = "'self'";
        var uri = Payload.Text(report, "blocked_uri") ?? string.Empty;
        if (uri is "" or "self" or Self)
        {
            return Self;
        }

        var end = uri.IndexOf(':', StringComparison.Ordinal);
        if (end < 0)
        {
            return uri;
        }

        var rest = uri.AsSpan(end + 1);
        var host = rest.StartsWith("//", StringComparison.Ordinal) ? rest[2..] : [];
        var hostEnd = host.IndexOfAny('/', '?', '#');
        host = hostEnd < 0 ? host : host[..hostEnd];
        return uri[..end] is "http" or "https" ? host.ToString() : $"{uri[..end]}://{host}";
    }

    /// <summary>The directive that was violated: by its name, where the report gives its whole text.</summary>
    private static string Directive(JsonObject? report)
    {
        var directive = Payload.Text(report, "effective_directive") is { Length: > 0 } effective
            ? effective
            : Payload.Text(report, "violated_directive") ?? string.Empty;
        var end = directive.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? directive : directive[..end];
    }
}
