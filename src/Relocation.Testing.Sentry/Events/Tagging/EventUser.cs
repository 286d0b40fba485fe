using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Tagging;

/// <summary>Who met an event (event specification, 4.2). No row is written for one.</summary>
/// <param name="Id">The user's id in the application, or null.</param>
/// <param name="Email">The address for mail, or null.</param>
/// <param name="Username">The name at sign-in, or null.</param>
/// <param name="Address">The IP address, or null; also where it is none.</param>
/// <param name="Name">The name, or null.</param>
internal sealed record EventUser(string? Id, string? Email, string? Username, string? Address, string? Name)
{
    /// <summary>The value of the tag <c>sentry:user</c>, for example <c>id:7</c>, not cut; null when nothing says who it is.</summary>
    internal string? Tag => throw new NotImplementedException();

    /// <summary>The MD5 of the tag's value without its kind, or null.</summary>
    internal string? Hash => throw new NotImplementedException();

    /// <summary>The payload's user, or null when it is missing or empty.</summary>
    internal static EventUser? Of(JsonObject data) => throw new NotImplementedException();
}
