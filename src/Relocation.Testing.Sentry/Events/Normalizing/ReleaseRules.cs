using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>
/// Mends what an event says of the software that it comes from: release, distribution and environment (docs/events.md, What is repaired).
/// </summary>
internal static class ReleaseRules
{
    private const int LongestRelease = 200;
    private const int LongestEnvironment = 64;
    private const int LongestDistribution = 64;

    private static readonly SearchValues<char> NotInEnvironments = SearchValues.Create("/\r\n\f");

    /// <summary>The set that is allowed upstream is not known; this one holds what is known to be allowed, and refuses what is known to be refused.</summary>
    private static readonly SearchValues<char> InDistributions =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    internal static void ApplyToRelease(JsonObject data, EventErrors errors)
    {
        if (!data.TryGetPropertyValue("release", out var node) || node is null)
        {
            return;
        }

        if (Payload.Scalar(node) is not { } release)
        {
            errors.Drop(data, "release", EventErrors.InvalidData, "release");
            return;
        }

        var trimmed = release.Trim();
        if (trimmed.Length == 0)
        {
            data.Remove("release");
        }
        else if (!TrimmedText.Fits(trimmed, LongestRelease))
        {
            errors.Drop(data, "release", EventErrors.InvalidData, "release");
        }
        else if (trimmed.Length != release.Length || node.GetValueKind() != JsonValueKind.String)
        {
            data["release"] = trimmed;
        }
    }

    internal static void ApplyToEnvironment(JsonObject data, EventErrors errors)
    {
        if (!data.TryGetPropertyValue("environment", out var node) || node is null)
        {
            return;
        }

        var environment = Payload.Text(node);
        if (environment is { Length: 0 })
        {
            data.Remove("environment");
        }
        else if (environment is null || !IsEnvironment(environment))
        {
            errors.Drop(data, "environment", EventErrors.InvalidData, "environment");
        }
    }

    /// <summary>A distribution belongs to a release; without one it is nothing, which is no error.</summary>
    internal static void ApplyToDistribution(JsonObject data, EventErrors errors)
    {
        if (!data.TryGetPropertyValue("dist", out var node) || node is null)
        {
            return;
        }

        if (Payload.Text(node) is not { } distribution)
        {
            errors.Drop(data, "dist", EventErrors.InvalidData, "dist");
            return;
        }

        var trimmed = distribution.Trim();
        if (trimmed.Length == 0 || !Payload.Has(data, "release"))
        {
            data.Remove("dist");
        }
        else if (!TrimmedText.Fits(trimmed, LongestDistribution))
        {
            errors.Drop(data, "dist", EventErrors.ValueTooLong, "dist");
        }
        else if (trimmed.AsSpan().ContainsAnyExcept(InDistributions))
        {
            errors.Drop(data, "dist", EventErrors.InvalidData, "dist");
        }
        else if (trimmed.Length != distribution.Length)
        {
            data["dist"] = trimmed;
        }
    }

    internal static bool IsEnvironment(string name) => TrimmedText.Fits(name, LongestEnvironment) && !name.AsSpan().ContainsAny(NotInEnvironments);
}
