using System.Data.Common;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Schemas;

namespace Relocation.Testing.Cli.Models;

/// <summary>Sentry's models, from the catalogue of a version.</summary>
internal sealed class SentrySource : ModelSource
{
    private const string Name = "sentry";

    private readonly string _version;

    private SentrySource(string version) => _version = version;

    /// <summary>The newest version.</summary>
    internal static SentrySource Head { get; } = new(SentryModel.Head);

    /// <summary>The version of the models.</summary>
    internal string Version => _version;

    internal override ImportScope DefaultScope => SentryScopes.Global;

    internal override bool HasScopes => true;

    /// <summary>Reads <c>sentry</c> or <c>sentry@VERSION</c>.</summary>
    internal static SentrySource Parse(string model)
    {
        var parts = model.Split('@', 2);
        if (!parts[0].Equals(Name, StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.UnknownModel(model);
        }

        var version = parts.Length > 1 ? parts[1] : SentryModel.Head;
        return SentryModel.Versions.Contains(version) || version == SentryModel.HeadNumber ? new SentrySource(version) : throw Errors.UnknownSentryVersion(version);
    }

    internal override RelocationModel CreateModel(DatabaseEngine engine) => SentryModel.Create(engine, _version);

    internal override Task CreateSchemaAsync(
        DbTransaction transaction, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken) =>
        ModelSchema.CreateAsync(transaction, model, engine, cancellationToken);
}
