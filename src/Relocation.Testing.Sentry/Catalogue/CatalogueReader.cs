using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>Reads the embedded catalogues: <c>head.json</c> is whole, every other version is a patch on it.</summary>
internal static class CatalogueReader
{
    internal const string Head = "head";

    private const string Extension = ".json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>The versions that are embedded, newest first.</summary>
    internal static IReadOnlyList<string> Versions { get; } =
    [
        Head,
        .. typeof(CatalogueReader).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[..^Extension.Length])
            .Where(name => name != Head)
            .OrderByDescending(Version.Parse),
    ];

    /// <summary>Each catalogue is read once, when it is first asked for: an import of a small backup takes no longer than reading one.</summary>
    private static readonly ConcurrentDictionary<(string Version, SentryTables With), Lazy<SentryCatalogue>> Catalogues = new();

    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="with">The tables that are among the models though no backup holds records of them.</param>
    internal static SentryCatalogue Read(string version, SentryTables with = SentryTables.None) =>
        Catalogues.GetOrAdd((version, with), static key => new Lazy<SentryCatalogue>(() => Load(key.Version, key.With))).Value;

    /// <summary>What a catalogue says of itself; its models are not read.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    internal static SentryRelease Describe(string version)
    {
        var catalogue = Load(version);
        catalogue["models"] = new JsonObject();
        var read = catalogue.Deserialize<SentryCatalogue>(Options)!;
        return new SentryRelease(version, read.Release, read.Date, read.Derived);
    }

    private static SentryCatalogue Load(string version, SentryTables with)
    {
        var catalogue = Load(Head);
        if (version != Head)
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
