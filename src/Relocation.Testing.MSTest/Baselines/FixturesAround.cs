using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Relocation.Testing.MSTest.Baselines;

/// <summary>The fixtures of test assemblies, one instance of each type, made when a test asks for it. MSTest knows nothing of them.</summary>
internal static class FixturesAround
{
    private static readonly ConcurrentDictionary<Type, Lazy<DatabaseFixture>> Fixtures = [];

    /// <summary>The types of fixtures around a class of tests, the nearest first.</summary>
    private static readonly ConcurrentDictionary<Type, Type[]> Around = [];

    // There is no hook of a package's own after the last class of an assembly.
    static FixturesAround() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.Run(RemoveAsync).GetAwaiter().GetResult();

    /// <summary>The fixture that is nearest to a class of tests: in its namespace or in one around that; or null.</summary>
    internal static DatabaseFixture? Nearest(Type tests, Func<DatabaseFixture, bool> canUse) =>
        Around.GetOrAdd(tests, Find)
            .Select(type => Fixtures.GetOrAdd(type, key => new Lazy<DatabaseFixture>(() => Create(key))).Value)
            .FirstOrDefault(canUse);

    private static Type[] Find(Type tests) =>
    [
        .. tests.Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(DatabaseFixture)))
            .Where(type => Covers(type.Namespace, tests.Namespace))
            .OrderByDescending(type => type.Namespace?.Length ?? 0)
            .ThenBy(type => type.FullName, StringComparer.Ordinal),
    ];

    private static bool Covers(string? around, string? tests) =>
        string.IsNullOrEmpty(around) || tests == around || (tests?.StartsWith($"{around}.", StringComparison.Ordinal) ?? false);

    private static DatabaseFixture Create(Type type) => (DatabaseFixture)Activator.CreateInstance(
        type,
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions,
        binder: null,
        args: null,
        CultureInfo.InvariantCulture)!;

    private static async Task RemoveAsync()
    {
        foreach (var fixture in Fixtures.Values.Where(fixture => fixture.IsValueCreated))
        {
            try
            {
                await fixture.Value.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // All tests have ended, and what is left now goes at the next start.
                await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            }
        }
    }
}
