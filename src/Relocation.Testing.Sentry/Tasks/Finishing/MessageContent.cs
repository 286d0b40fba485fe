using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Tasks.Importing;

namespace Relocation.Testing.Sentry.Tasks.Finishing;

/// <summary>The content of messages: the slugs that imported organizations have now.</summary>
internal static class MessageContent
{
    /// <summary>The organizations' slugs, in ordinal order.</summary>
    internal static IReadOnlyList<string> SlugsOf(IEnumerable<ImportedRow> organizations) =>
        [.. organizations.Select(organization => organization.Slug).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>The content of a message.</summary>
    /// <param name="slugs">The organizations' slugs.</param>
    /// <param name="hash">The hash by which a user claims an account; null in other messages.</param>
    internal static string Of(IReadOnlyList<string> slugs, string? hash = null)
    {
        var content = new JsonObject { ["slugs"] = new JsonArray([.. slugs.Select(slug => JsonValue.Create(slug))]) };
        if (hash is not null)
        {
            content["hash"] = hash;
        }

        return content.ToJsonString();
    }
}
