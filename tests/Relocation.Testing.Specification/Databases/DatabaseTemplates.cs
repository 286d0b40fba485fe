using System.Collections.Concurrent;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Specification.Databases;

/// <summary>
/// One database of each kind, made by the first test that needs it, from which every test copies its own: making a hundred tables, their undo
/// log included, takes many times as long.
/// </summary>
public sealed class DatabaseTemplates : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<(TestDatabase Original, DatabaseTemplate Template)>>> Made = new();

    /// <summary>A database of that kind on an engine's target.</summary>
    internal static async Task<TestDatabase> CopyAsync(DatabaseUnderTest engine, string kind, Func<TestDatabaseOptions> options)
    {
        var made = Made.GetOrAdd($"{engine.Target.GetType().Name} {kind}", _ => new(() => MakeAsync(options())));
        var (original, template) = await made.Value;
        return await original.CopyAsync(template, room: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Removes what was made; where tests have a server of their own, before that goes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var kind in Made.Keys)
        {
            if (Made.TryRemove(kind, out var made) && made.Value.IsCompletedSuccessfully)
            {
                var (original, template) = await made.Value;
                await template.DisposeAsync();
                await original.DisposeAsync();
            }
        }
    }

    private static async Task<(TestDatabase Original, DatabaseTemplate Template)> MakeAsync(TestDatabaseOptions options)
    {
        var original = await TestDatabase.CreateAsync(options, CancellationToken.None);
        return (original, (await original.MakeTemplateAsync(CancellationToken.None))!);
    }
}
