using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Relocation.Testing.Baselines;

namespace Relocation.Testing.MSTest.Baselines;

/// <summary>What the tests of a class have in common. MSTest makes an instance for each test, so it is kept by the type.</summary>
internal sealed class ClassBaseline : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Type, ClassBaseline> Classes = [];
    private readonly LazyBaseline _baseline;

    private ClassBaseline(RelocationTestBase describer)
    {
        Describer = describer;
        _baseline = new LazyBaseline(describer.CreateDescribedAsync);
    }

    /// <summary>The instance whose <c>Configure</c> says what the database is, once for the class.</summary>
    internal RelocationTestBase Describer { get; }

    /// <summary>That of a test's class. If the class was not started, the test describes it.</summary>
    internal static ClassBaseline Of(RelocationTestBase test) => Classes.GetOrAdd(test.GetType(), _ => new ClassBaseline(test));

    /// <summary>Makes the class's instance that describes the database; null if the class is not found or has no constructor for it.</summary>
    internal static ClassBaseline? Start(TestContext context)
    {
        try
        {
            return Type(context.FullyQualifiedTestClassName) is { } type && Create(type, context) is { } describer ? Of(describer) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Each test says so when MSTest makes its own instance, or when it leases its database.
            return null;
        }
    }

    /// <summary>Removes the class's database.</summary>
    internal static async Task RemoveAsync(TestContext context)
    {
        if (Type(context.FullyQualifiedTestClassName) is { } type && Classes.TryRemove(type, out var baseline))
        {
            await baseline.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal Task<SharedBaseline> GetAsync(CancellationToken cancellationToken) => _baseline.GetAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _baseline.DisposeAsync().ConfigureAwait(false);
        if (Describer is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync().ConfigureAwait(false);
        }
        else if (Describer is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }

    private static Type? Type(string? name) => name is null
        ? null
        : AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic)
            .Select(assembly => assembly.GetType(name))
            .FirstOrDefault(type => type?.IsAssignableTo(typeof(RelocationTestBase)) ?? false);

    private static RelocationTestBase? Create(Type type, TestContext context)
    {
        object[]? arguments = type.GetConstructor([]) is not null ? [] : type.GetConstructor([typeof(TestContext)]) is not null ? [context] : null;
        if (arguments is null)
        {
            return null;
        }

        var describer = (RelocationTestBase)Activator.CreateInstance(
            type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.CreateInstance, binder: null, arguments, CultureInfo.InvariantCulture)!;
        describer.TestContext = context;
        return describer;
    }
}
