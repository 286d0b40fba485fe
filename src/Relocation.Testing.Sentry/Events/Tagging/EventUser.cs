using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;

namespace Relocation.Testing.Sentry.Events.Tagging;

/// <summary>Who met an event (docs/events.md, Tags and the user). No row is written for one.</summary>
/// <param name="Id">The user's id in the application, or null.</param>
/// <param name="Email">The address for mail, or null.</param>
/// <param name="Username">The name at sign-in, or null.</param>
/// <param name="Address">The IP address, or null; also where it is none.</param>
/// <param name="Name">The name, or null.</param>
internal sealed record EventUser(string? Id, string? Email, string? Username, string? Address, string? Name)
{
    /// <summary>The value of the tag <c>sentry:user</c>, for example <c>id:7</c>, not cut; null when nothing says who it is.</summary>
    internal string? Tag => Id is { Length: > 0 } ? $"id:{Id}"
        : Username is { Length: > 0 } ? $"username:{Username}"
        : Email is { Length: > 0 } ? $"email:{Email}"
        : Address is { Length: > 0 } ? $"ip:{Address}"
        : null;

    /// <summary>The MD5 of the tag's value without its kind, or null.</summary>
    internal string? Hash => Tag is { } tag ? Md5(tag[(tag.IndexOf(':', StringComparison.Ordinal) + 1)..]) : null;

    /// <summary>The payload's user, or null when it is missing or empty.</summary>
    internal static EventUser? Of(JsonObject data) => Payload.Object(data, "user") is not { Count: > 0 } user ? null : new EventUser(
        Scalar(user, "id"),
        Scalar(user, "email"),
        Scalar(user, "username"),
        Scalar(user, "ip_address") is { } address && AddressRules.IsAddress(address) ? address : null,
        Scalar(user, "name"));

    private static string? Scalar(JsonObject user, string key) => user.TryGetPropertyValue(key, out var node) ? Payload.Scalar(node) : null;

    [SuppressMessage("Security", "CA5351", Justification = "Sentry's hashes are MD5; nothing is protected by them.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
