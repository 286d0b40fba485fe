using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>Reads the embedded catalogues: <c>head.json</c> is whole, every other version is a patch on it.</summary>
internal static class CatalogueReader
{
    internal const string Head = "head";

    /// <summary>The number under which head's source is known as well.</summary>
    internal const string HeadNumber = "24.9";

    private const string Extension = ".json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>The versions that are embedded, newest first.</summary>
    internal static IReadOnlyList<string> Versions { get; } =
    [
        .. typeof(CatalogueReader).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[..^Extension.Length])
            .OrderByDescending(name => Version.Parse(name == Head ? HeadNumber : name)),
    ];

    /// <summary>Whether a version is newer than head.</summary>
    internal static bool IsAfterHead(string version) => version is not (Head or HeadNumber) && Version.Parse(version) > Version.Parse(HeadNumber);

    /// <summary>Whether a version is known, by its name or, for head, by its number.</summary>
    internal static bool Knows(string version) => version == HeadNumber || Versions.Contains(version);

    /// <summary>Each catalogue is read once, on first use: reading it takes as long as a small import.</summary>
    private static readonly ConcurrentDictionary<(string Version, SentryTables With), Lazy<SentryCatalogue>> Catalogues = new();

    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="with">Tables to include although backups hold no records of them.</param>
    internal static SentryCatalogue Read(string version, SentryTables with = SentryTables.None) =>
        Catalogues.GetOrAdd((version, with), static key => new Lazy<SentryCatalogue>(() => Load(key.Version, key.With))).Value;

    /// <summary>A catalogue's facts about its release, without its models.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    internal static SentryRelease Describe(string version)
    {
        var catalogue = Load(version);
        catalogue["models"] = new JsonObject();
        var read = catalogue.Deserialize<SentryCatalogue>(Options)!;
        return new SentryRelease(version, read.Release, read.Date, read.Derived) { IsPartial = read.Partial };
    }

    private static SentryCatalogue Load(string version, SentryTables with)
    {
        var catalogue = Load(Head);
        if (version is not (Head or HeadNumber))
        {
            MergePatch.Apply(catalogue, Load(version));
        }

        SupportTables.AddTo(catalogue, with);
        return catalogue.Deserialize<SentryCatalogue>(Options)!;
    }

    private static JsonObject Load(string version)
    {
        using var stream = typeof(CatalogueReader).Assembly.GetManifestResourceStream(version + Extension)!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
