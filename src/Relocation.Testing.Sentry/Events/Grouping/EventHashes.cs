using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Describing;
using Relocation.Testing.Sentry.Events.Normalizing;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Grouping;

/// <summary>The hashes of an event from its checksum, fingerprint and content (docs/events.md, Groups).</summary>
internal static class EventHashes
{
    private const int Longest = 32;

    private static readonly string[] Default = [FingerprintVariable.Default];

    /// <summary>
    /// Writes <c>grouping_config</c>, <c>fingerprint</c> where there is none, and <c>hashes</c> into the payload; nothing else is changed.
    /// </summary>
    /// <param name="data">The payload.</param>
    /// <param name="grouping">Gives the hashes; doubles are dropped.</param>
    /// <param name="configuration">The id of the project's grouping configuration.</param>
    /// <returns>The hashes, the primary one first.</returns>
    /// <exception cref="InvalidOperationException">The grouping gave no hash, an empty one, or one of more than 32 characters.</exception>
    internal static IReadOnlyList<string> Apply(JsonObject data, IEventGrouping grouping, string configuration)
    {
        data["grouping_config"] = new JsonObject { ["id"] = configuration };
        if (Payload.List(data, "fingerprint") is not { Count: > 0 })
        {
            data["fingerprint"] = new JsonArray(FingerprintVariable.Default);
        }

        var hashes = Distinct(grouping.HashesOf(data));
        var written = new JsonArray();
        foreach (var hash in hashes)
        {
            written.Add((JsonNode)hash);
        }

        data["hashes"] = written;
        return hashes;
    }

    /// <summary>The hashes of <see cref="EventGrouping"/>.</summary>
    internal static IReadOnlyList<string> Of(JsonObject data)
    {
        if (Payload.Text(data, "checksum") is { Length: > 0 } checksum)
        {
            return OfChecksum(checksum);
        }

        var fingerprint = ElementsOf(data);
        var defaults = 0;
        foreach (var element in fingerprint)
        {
            defaults += FingerprintVariable.IsDefault(element) ? 1 : 0;
        }

        var hash = new Md5Text();
        if (defaults == 0)
        {
            foreach (var element in fingerprint)
            {
                hash.Add(FingerprintVariable.Resolve(element, data));
            }

            return [hash.ToHex()];
        }

        return OfVariants(DefaultVariants.Of(data), fingerprint, data, hash);
    }

    private static List<string> OfVariants(List<List<string>> variants, IReadOnlyList<string> fingerprint, JsonObject data, Md5Text hash)
    {
        var hashes = new List<string>(variants.Count);
        foreach (var variant in variants)
        {
            foreach (var element in fingerprint)
            {
                if (!FingerprintVariable.IsDefault(element))
                {
                    hash.Add(FingerprintVariable.Resolve(element, data));
                    continue;
                }

                foreach (var value in variant)
                {
                    hash.Add(value);
                }
            }

            AddNew(hashes, hash.ToHex());
        }

        if (hashes.Count == 0)
        {
            // Of nothing.
            hashes.Add(hash.ToHex());
        }

        return hashes;
    }

    private static string[] OfChecksum(string checksum)
    {
        if (LooksLikeHash(checksum))
        {
            return [checksum];
        }

        var hash = new Md5Text();
        hash.Add(checksum);
        return TrimmedText.Fits(checksum, Longest) ? [hash.ToHex(), checksum] : [hash.ToHex()];
    }

    private static bool LooksLikeHash(string checksum)
    {
        if (checksum.Length != Longest)
        {
            return false;
        }

        foreach (var character in checksum)
        {
            if (!char.IsAsciiHexDigitLower(character))
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<string> ElementsOf(JsonObject data)
    {
        if (Payload.List(data, "fingerprint") is not { Count: > 0 } elements)
        {
            return Default;
        }

        var texts = new List<string>(elements.Count);
        foreach (var element in elements)
        {
            if (Payload.Scalar(element) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts.Count == 0 ? Default : texts;
    }

    private static List<string> Distinct(IReadOnlyList<string> hashes)
    {
        var distinct = new List<string>(hashes.Count);
        foreach (var hash in hashes)
        {
            if (string.IsNullOrEmpty(hash) || !TrimmedText.Fits(hash, Longest))
            {
                throw Errors.NoHash(hash?.Length ?? 0);
            }

            // A checksum is what its sender likes; what no column holds of it goes, and all of it may.
            if (RowCells.Storable(hash) is { Length: > 0 } storable)
            {
                AddNew(distinct, storable);
            }
        }

        return distinct.Count == 0 ? throw Errors.NoHash(0) : distinct;
    }

    private static void AddNew(List<string> hashes, string hash)
    {
        if (!hashes.Contains(hash))
        {
            hashes.Add(hash);
        }
    }
}
