using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Models;

/// <summary>A <see cref="DbContext"/> in an assembly of the user's.</summary>
internal sealed class ContextSource : ModelSource
{
    private readonly ContextCreation _creation;

    private readonly RelocationModelOptions _options;

    private ContextSource(ContextCreation creation, RelocationModelOptions options) => (_creation, _options) = (creation, options);

    internal override ImportScope DefaultScope => ImportScope.Everything;

    internal override bool HasScopes => false;

    /// <summary>Finds a context.</summary>
    /// <param name="path">The assembly's file.</param>
    /// <param name="name">The context's name, short or full, or null for the only one.</param>
    /// <param name="app">The first part of labels, or null for the context's own.</param>
    /// <param name="leaveOut">Models and fields that are no part of backups.</param>
    internal static ContextSource Load(string path, string? name, string? app, IReadOnlyList<string> leaveOut)
    {
        if (!File.Exists(path))
        {
            throw Errors.AssemblyMissing(path);
        }

        var assembly = UserAssembly.Load(path);
        var host = new Lazy<ApplicationHost?>(assembly.AskHost);
        var contexts = assembly.Types.Where(IsContext).ToList();
        if (contexts.Count == 0 || (name is not null && !contexts.Exists(type => IsCalled(type, name))))
        {
            // They may be in another assembly, which the application uses.
            contexts = [.. contexts.Concat(host.Value?.Contexts ?? []).Distinct()];
        }

        if (contexts.Count == 0)
        {
            throw Errors.NoContext(path, assembly.NotLoaded);
        }

        contexts.Sort((one, other) => string.CompareOrdinal(one.FullName, other.FullName));
        var chosen = name is null ? contexts : contexts.FindAll(type => IsCalled(type, name));
        return chosen switch
        {
            [var only] => new ContextSource(new ContextCreation(only, assembly.Types, host), new RelocationModelOptions { App = app, LeaveOut = leaveOut }),
            [] => throw Errors.ContextMissing(name!, contexts.Select(type => type.FullName!)),
            _ => throw Errors.ContextAmbiguous(chosen.Select(type => type.FullName!)),
        };
    }

    internal override RelocationModel CreateModel(DatabaseEngine engine)
    {
        using var context = _creation.Create(engine);
        return RelocationModel.FromContext(context, _options);
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

    private static bool IsContext(Type type) => type.IsSubclassOf(typeof(DbContext)) && type is { IsAbstract: false, IsGenericTypeDefinition: false };

    private static bool IsCalled(Type type, string name) => type.FullName == name || type.Name == name;
}
