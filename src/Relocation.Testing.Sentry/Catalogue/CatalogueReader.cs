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

    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="withSupport">Whether the tables that only imports write to are among the models.</param>
    internal static SentryCatalogue Read(string version, bool withSupport = false)
    {
        var catalogue = Load(Head);
        if (version != Head)
        {
            MergePatch.Apply(catalogue, Load(version));
        }

        if (withSupport)
        {
            SupportTables.AddTo(catalogue);
        }

        return catalogue.Deserialize<SentryCatalogue>(Options)!;
    }

    /// <summary>What a catalogue says of itself; its models are not read.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    internal static SentryRelease Describe(string version)
    {
        var catalogue = Load(version);
        catalogue["models"] = new JsonObject();
        var read = catalogue.Deserialize<SentryCatalogue>(Options)!;
        return new SentryRelease(version, read.Release, read.Date, read.Derived);
    }

    private static JsonObject Load(string version)
    {
        using var stream = typeof(CatalogueReader).Assembly.GetManifestResourceStream(version + Extension)!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
