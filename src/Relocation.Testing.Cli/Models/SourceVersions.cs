using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Matrices;

namespace Relocation.Testing.Cli.Models;

/// <summary>The versions of tables that a command line asks for.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="DefaultScope">The scope if the command line names none.</param>
/// <param name="HasScopes">Whether the command line can name a scope.</param>
internal sealed record SourceVersions(IReadOnlyList<SchemaVersion> Versions, ImportScope DefaultScope, bool HasScopes)
{
    /// <summary>Sentry's versions by name, or all if none is named.</summary>
    internal static SourceVersions OfSentry(IReadOnlyList<string> models)
    {
        var sources = models.Count == 0
            ? SentryModel.Versions.Select(version => SentrySource.Parse($"sentry@{version}"))
            : models.Select(SentrySource.Parse);
        return new SourceVersions([.. sources.Select(source => SentrySchemas.Of(source.Version)).DistinctBy(version => version.Name)], SentryScopes.Global, true);
    }

    /// <summary>Contexts of one assembly, or the same context of several assemblies.</summary>
    internal static SourceVersions OfContexts(IReadOnlyList<string> assemblies, IReadOnlyList<string> contexts)
    {
        if (assemblies.Count > 1 && contexts.Count > 1)
        {
            throw Errors.AssembliesAndContexts();
        }

        var names = assemblies.Count > 1 ? BackupNames.Of(assemblies) : contexts.Count > 0 ? contexts : [Path.GetFileNameWithoutExtension(assemblies[0])];
        return new SourceVersions(
            [.. names.Select((name, at) => OfContext(name, assemblies[assemblies.Count > 1 ? at : 0], contexts.ElementAtOrDefault(contexts.Count > 1 ? at : 0)))],
            ImportScope.Everything,
            false);
    }

    private static SchemaVersion OfContext(string name, string assembly, string? context)
    {
        var source = ContextSource.Load(assembly, context, app: null, []);
        return new SchemaVersion(name, source.CreateModel, engine => SchemaSource.From((connection, cancellationToken) =>
            CreateTablesAsync(source, connection, engine, cancellationToken)));
    }

    private static async Task CreateTablesAsync(
        ContextSource source, System.Data.Common.DbConnection connection, DatabaseEngine engine, CancellationToken cancellationToken)
    {
        var model = source.CreateModel(engine);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await source.CreateSchemaAsync(transaction, model, engine, cancellationToken).ConfigureAwait(false);
            await engine.Schema.CompleteAsync(connection, model, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
