using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Relocation.Testing.Hosting;

/// <summary>The services of an application that lead to databases, and what became of each.</summary>
internal sealed class DatabaseServices
{
    private static readonly Type[] Connections = [typeof(IDbConnection), typeof(DbConnection), typeof(DbDataSource)];

    private readonly IServiceCollection _services;

    /// <summary>What the application had registered, by what stands in its place: a second test database begins with that again.</summary>
    private readonly Dictionary<ServiceDescriptor, ServiceDescriptor> _registered = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<Type, ReplacedContext> _contexts = [];
    private readonly HashSet<Type> _kept = [];

    private DatabaseServices(IServiceCollection services) => _services = services;

    /// <summary>The contexts that have a test database.</summary>
    internal IReadOnlyCollection<ReplacedContext> Contexts => _contexts.Values;

    /// <summary>Those of an application. The first time, the check is added before all that the host starts.</summary>
    internal static DatabaseServices Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(DatabaseServices))?.ImplementationInstance is DatabaseServices known)
        {
            return known;
        }

        var databases = new DatabaseServices(services);
        services.AddSingleton(databases);
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, DatabaseCheck>());
        return databases;
    }

    internal void Keep(Type service) => _kept.Add(service);

    internal void ReplaceAll(TestDatabase database)
    {
        foreach (var context in _services.Select(ContextOf).OfType<Type>().Where(context => !_kept.Contains(context)).Distinct().ToList())
        {
            ReplaceContext(context, database);
        }

        for (var i = 0; i < _services.Count; i++)
        {
            if (LeadsToDatabase(_services[i]) && ContextOf(_services[i]) is null && !_kept.Contains(_services[i].ServiceType)
                && Connection(_services[i], database) is { } replacement)
            {
                Replace(i, replacement);
            }
        }
    }

    internal void ReplaceContext(Type context, TestDatabase database)
    {
        var replaced = ReplacedContext.Of(context, database);
        var options = Places(service => service.ServiceType == typeof(DbContextOptions<>).MakeGenericType(context));
        if (options.Count > 0)
        {
            // Contexts, pools and factories all take these.
            options.ForEach(place => Replace(place, replaced.OptionsFor(Original(place))));
        }
        else
        {
            var others = Places(service => ContextOf(service) == context);
            others.ForEach(place => Replace(place, replaced.WatchedFor(Original(place))));
            if (others.Count == 0)
            {
                throw HostingErrors.NoContext(context);
            }
        }

        _contexts[context] = replaced;
    }

    /// <summary>The services that may lead to another database than a test database, as messages name them.</summary>
    internal IReadOnlyCollection<string> NotReplaced() =>
    [
        .. _services.Where(service => LeadsToDatabase(service) && !_kept.Contains(service.ServiceType) && !_registered.ContainsKey(service)
            && (service.IsKeyedService || ContextOf(service) is not { } context || (!_contexts.ContainsKey(context) && !_kept.Contains(context))))
            .Select(Name).Distinct(),
    ];

    private List<int> Places(Func<ServiceDescriptor, bool> isWanted) =>
        [.. Enumerable.Range(0, _services.Count).Where(place => !_services[place].IsKeyedService && isWanted(_services[place]))];

    private ServiceDescriptor Original(int place) => _registered.GetValueOrDefault(_services[place], _services[place]);

    private void Replace(int place, ServiceDescriptor replacement)
    {
        _registered.Add(replacement, Original(place));
        _services[place] = replacement;
    }

    /// <summary>A connection or a data source of the test database, where that is what was registered.</summary>
    private static ServiceDescriptor? Connection(ServiceDescriptor registered, TestDatabase database)
    {
        if (registered.IsKeyedService)
        {
            return null;
        }

        var (engine, text) = (database.Engine, database.ConnectionString);
        using var connection = engine.CreateConnection(text);
        if (registered.ServiceType.IsInstanceOfType(connection))
        {
            return ServiceDescriptor.Describe(registered.ServiceType, _ => engine.CreateConnection(text), registered.Lifetime);
        }

        var drivers = DbProviderFactories.GetFactory(connection)!;
        using var source = drivers.CreateDataSource(text);
        return registered.ServiceType.IsInstanceOfType(source)
            ? ServiceDescriptor.Describe(registered.ServiceType, _ => drivers.CreateDataSource(text), registered.Lifetime)
            : null;
    }

    private static bool LeadsToDatabase(ServiceDescriptor service) =>
        ContextOf(service) is not null || Array.Exists(Connections, type => type.IsAssignableFrom(service.ServiceType));

    /// <summary>The context that is registered, or whose options or factory are.</summary>
    private static Type? ContextOf(ServiceDescriptor service)
    {
        var type = service.ServiceType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(DbContextOptions<>) || definition == typeof(IDbContextFactory<>)))
        {
            return type.GenericTypeArguments[0];
        }

        return type.IsAssignableTo(typeof(DbContext)) && type != typeof(DbContext) ? type : null;
    }

    private static string Name(ServiceDescriptor service)
    {
        var name = ContextOf(service)?.Name ?? service.ServiceType.Name;
        return service.IsKeyedService ? $"'{name}' with a key" : $"'{name}'";
    }
}
