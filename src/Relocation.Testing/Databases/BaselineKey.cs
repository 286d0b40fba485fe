using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing.Databases;

/// <summary>
/// What a baseline depends on, as a hash: tables, code of the model, backups, options, and this library. Two baselines of one
/// key are the same.
/// </summary>
internal static class BaselineKey
{
    /// <summary>The key, or null where something cannot be hashed and the user gives no version for it.</summary>
    internal static async Task<string?> OfAsync(TestDatabaseSetup setup, CancellationToken cancellationToken)
    {
        var parts = new StringBuilder().AppendJoin('\n', Versions(setup));
        if (setup.Options.BaselineVersion is { } version)
        {
            parts.Append("\nversion ").Append(version);
        }
        else if (setup.Seed is not null || setup.Options.Schema.Name is null || setup.CreateContext is null || !AreKnown(setup.Options.Import)
            || (setup.ModelOptions is { } modelOptions && !AreKnown(modelOptions)))
        {
            return null;
        }

        parts.Append("\nschema ").Append(setup.Options.Schema.Name).Append("\nmodel ").Append(setup.Model.Value.Name);
        AppendOptions(parts, setup.Options.Import);
        AppendOptions(parts, setup.ModelOptions ?? new RelocationModelOptions());
        if (setup.CreateContext is { } createContext)
        {
            var context = createContext(ContextEntrance.OfModel(setup.Options.Target.Engine));
            await using (context.ConfigureAwait(false))
            {
                AppendModel(parts, context);
            }
        }

        foreach (var backup in setup.Options.Baseline)
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
        Module(setup.Options.Target.Engine.GetType()),
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

    /// <summary>Whether each option has its default or a plain value.</summary>
    private static bool AreKnown<TOptions>(TOptions options)
        where TOptions : new() =>
        Given(options).All(option => option.Value is IConvertible or null);

    private static void AppendOptions<TOptions>(StringBuilder parts, TOptions options)
        where TOptions : new()
    {
        foreach (var (name, value) in Given(options))
        {
            parts.Append(CultureInfo.InvariantCulture, $"\n{name}={value}");
        }
    }

    /// <summary>The options that do not have their default.</summary>
    private static IEnumerable<(string Name, object? Value)> Given<TOptions>(TOptions options)
        where TOptions : new()
    {
        var defaults = new TOptions();
        return OptionAttribute.Of(typeof(TOptions)).Where(each => each.Option.IsInBaselineKey).Select(each => each.Property)
            .Select(property => (property.Name, Value: property.GetValue(options), Default: property.GetValue(defaults)))
            .Where(option => !Equals(option.Value, option.Default) && option.Value is not ICollection { Count: 0 })
            .Select(option => (option.Name, option.Value));
    }
}
