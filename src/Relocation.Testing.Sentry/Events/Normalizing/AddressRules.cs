using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Where the user's address comes from, and what else is mended of the user (docs/events.md, What is repaired).</summary>
internal static class AddressRules
{
    private const string Auto = "{{auto}}";
    private const string Address = "ip_address";

    /// <summary>Security reports, and reports of network errors, come from browsers: who sent them is the user.</summary>
    internal static void ApplyToReports(JsonObject data, EventReceipt receipt)
    {
        var isSecurity = EventTypeRule.IsSecurityReport(data);
        if (isSecurity && !Payload.Has(data, "logger"))
        {
            data["logger"] = "csp";
        }

        if (receipt.ClientAddress is { } address && (isSecurity || Payload.Object(Payload.Object(data, "contexts"), "nel") is not null))
        {
            UserOf(data)[Address] = address;
        }
    }

    internal static void Apply(JsonObject data, EventReceipt receipt, EventErrors errors)
    {
        var user = Payload.Object(data, "user");
        if (user is null && Payload.Has(data, "user"))
        {
            errors.Drop(data, "user", EventErrors.InvalidData, "user");
        }

        if (user is not null && Payload.Has(user, Address) && Payload.Text(user, Address) is var given && given != Auto && !IsAddress(given))
        {
            errors.Drop(user, Address, EventErrors.InvalidData, "user.ip_address");
        }

        var environment = Payload.Object(Payload.Object(data, "request"), "env");
        if (receipt.ClientAddress is { } address)
        {
            Resolve(environment, "REMOTE_ADDR", address);
            Resolve(user, Address, address);
        }

        if (Payload.Text(environment, "REMOTE_ADDR") is { } remote && IsAddress(remote))
        {
            SetMissing(data, remote);
        }
        else if (receipt.ClientAddress is { } client && Payload.Text(data, "platform") is "javascript" or "cocoa" or "objc")
        {
            SetMissing(data, client);
        }
    }

    /// <summary>Whether text is an address as it is usually written: four numbers without leading zeros, or IPv6.</summary>
    internal static bool IsAddress(string? text)
    {
        if (text is null || text.AsSpan().ContainsAny('%', '[', '/') || !IPAddress.TryParse(text, out _))
        {
            return false;
        }

        return text.Contains(':', StringComparison.Ordinal) || IsFourNumbers(text);
    }

    private static bool IsFourNumbers(string text)
    {
        var count = 0;
        foreach (var part in text.AsSpan().Split('.'))
        {
            var digits = text.AsSpan(part);
            if (!byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _) || (digits.Length > 1 && digits[0] == '0'))
            {
                return false;
            }

            count++;
        }

        return count == 4;
    }

    private static void Resolve(JsonObject? owner, string key, string address)
    {
        if (Payload.Text(owner, key) == Auto)
        {
            owner![key] = address;
        }
    }

    private static void SetMissing(JsonObject data, string address)
    {
        var user = UserOf(data);
        if (!Payload.Has(user, Address))
        {
            user[Address] = address;
        }
    }

    private static JsonObject UserOf(JsonObject data)
    {
        if (Payload.Object(data, "user") is not { } user)
        {
            data["user"] = user = [];
        }

        return user;
    }
}
