using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Databases;

/// <summary>
/// What a baseline depends on, as a hash: tables, code of the model, backups, options, and this library. Two baselines of one
/// key are the same.
/// </summary>
internal static class BaselineKey
{
    /// <summary>Options that the result of an import does not depend on.</summary>
    private static readonly HashSet<string> Irrelevant =
        [nameof(ImportOptions.Progress), nameof(ImportOptions.Logger), nameof(ImportOptions.ChunkSize)];

    /// <summary>The key, or null where something cannot be hashed and the user gives no version for it.</summary>
    internal static async Task<string?> OfAsync(TestDatabaseSetup setup, CancellationToken cancellationToken)
    {
        var parts = new StringBuilder().AppendJoin('\n', Versions(setup));
        if (setup.BaselineVersion is { } version)
        {
            parts.Append("\nversion ").Append(version);
        }
        else if (setup.Seed is not null || setup.Schema.Name is null || setup.CreateContext is null || !OptionsAreKnown(setup.Import))
        {
            return null;
        }

        parts.Append("\nschema ").Append(setup.Schema.Name).Append("\nmodel ").Append(setup.Model.Value.Name);
        AppendOptions(parts, setup.Import);
        if (setup.CreateContext is { } createContext)
        {
            var context = createContext(string.Empty);
            await using (context.ConfigureAwait(false))
            {
                AppendModel(parts, context);
            }
        }

        foreach (var backup in setup.Baseline)
        {
            if (!backup.CanBeReadAgain)
            {
                return null;
            }

            var source = await backup.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                var bytes = new SourceStream(source, 0);
                await using (bytes.ConfigureAwait(false))
                {
                    var hash = await SHA256.HashDataAsync(bytes, cancellationToken).ConfigureAwait(false);
                    parts.Append("\nbackup ").Append(backup.Name).Append(' ').Append(Convert.ToHexStringLower(hash));
                }
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts.ToString())))[..32];
    }

    /// <summary>A module's identifier changes whenever it is compiled from other sources.</summary>
    private static IEnumerable<string> Versions(TestDatabaseSetup setup) =>
    [
        Module(typeof(BaselineKey)),
        Module(setup.Target.Engine.GetType()),
        Module(typeof(DbContext)),
        Module(typeof(RelationalDatabaseFacadeExtensions)),
    ];

    private static string Module(Type type) => $"{type.Assembly.GetName().Name} {type.Module.ModuleVersionId}";

    /// <summary>The statements that make the tables, and the modules of the context, its entities and their converters.</summary>
    private static void AppendModel(StringBuilder parts, DbContext context)
    {
        parts.Append('\n').Append(context.Database.GenerateCreateScript());
        var types = context.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => property.GetTypeMapping().Converter?.GetType())
                .Append(entity.ClrType))
            .Append(context.GetType());
        parts.AppendJoin('\n', types.OfType<Type>().Select(Module).Distinct().Order(StringComparer.Ordinal));
    }

    private static bool OptionsAreKnown(ImportOptions options) => typeof(ImportOptions).GetProperties()
        .Where(property => !Irrelevant.Contains(property.Name))
        .All(property => IsDefault(property, options) || property.GetValue(options) is IConvertible or null);

    private static void AppendOptions(StringBuilder parts, ImportOptions options)
    {
        foreach (var property in typeof(ImportOptions).GetProperties().Where(property => !Irrelevant.Contains(property.Name)))
        {
            if (!IsDefault(property, options))
            {
                parts.Append(CultureInfo.InvariantCulture, $"\n{property.Name}={property.GetValue(options)}");
            }
        }
    }

    private static bool IsDefault(System.Reflection.PropertyInfo property, ImportOptions options) =>
        Equals(property.GetValue(options), property.GetValue(new ImportOptions()));
}
