using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Models;

/// <summary>A <see cref="DbContext"/> in an assembly of the user's.</summary>
internal sealed class ContextSource : ModelSource
{
    private readonly ContextCreation _creation;

    private ContextSource(ContextCreation creation) => _creation = creation;

    internal override ImportScope DefaultScope => ImportScope.Everything;

    internal override bool HasScopes => false;

    /// <summary>Finds a context.</summary>
    /// <param name="path">The assembly's file.</param>
    /// <param name="name">The context's name, short or full, or null for the only one.</param>
    internal static ContextSource Load(string path, string? name)
    {
        if (!File.Exists(path))
        {
            throw Errors.AssemblyMissing(path);
        }

        var types = TypesOf(path);
        var contexts = types
            .Where(type => type.IsSubclassOf(typeof(DbContext)) && type is { IsAbstract: false, IsGenericTypeDefinition: false })
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .ToList();
        if (contexts.Count == 0)
        {
            throw Errors.NoContext(path);
        }

        var chosen = name is null ? contexts : contexts.FindAll(type => type.FullName == name || type.Name == name);
        return chosen switch
        {
            [var only] => new ContextSource(new ContextCreation(only, types)),
            [] => throw Errors.ContextMissing(name!, contexts.Select(type => type.FullName!)),
            _ => throw Errors.ContextAmbiguous(chosen.Select(type => type.FullName!)),
        };
    }

    internal override RelocationModel CreateModel(DatabaseEngine engine)
    {
        using var context = _creation.Create(engine);
        return RelocationModel.FromContext(context);
    }

    internal override async Task CreateSchemaAsync(
        DbTransaction transaction, RelocationModel model, DatabaseEngine engine, CancellationToken cancellationToken)
    {
        // The script that EnsureCreated would run, which cannot use the transaction of another connection.
        var context = _creation.Create(engine);
        await using (context.ConfigureAwait(false))
        {
            var command = transaction.Connection!.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = transaction;
#pragma warning disable CA2100 // EF Core makes the script from the user's own model.
                command.CommandText = context.Database.GenerateCreateScript();
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static List<Type> TypesOf(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return [.. new UserAssemblies(full).LoadFromAssemblyPath(full).GetTypes()];
        }
        catch (ReflectionTypeLoadException exception) when (exception.Types.Any(type => type is not null))
        {
            // Types with missing dependencies are skipped; the context is rarely among them.
            return [.. exception.Types.OfType<Type>()];
        }
        catch (Exception exception)
            when (exception is BadImageFormatException or FileLoadException or FileNotFoundException or ReflectionTypeLoadException)
        {
            throw Errors.AssemblyUnreadable(path, exception);
        }
    }
}
